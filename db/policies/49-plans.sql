-- Plans with a young person, what comes of them, and what may be shared: casework, each.

select homeward.casework_policies('safety_plan', 'plan');
select homeward.casework_policies('trigger_profile', 'plan');
select homeward.casework_policies('needs_assessment', 'plan');
select homeward.casework_policies('assessed_need', 'plan');
select homeward.casework_policies('goal', 'plan');
select homeward.casework_policies('goal_step', 'plan');
select homeward.casework_policies('onward_referral', 'support');
select homeward.casework_policies('ete_period', 'support');
select homeward.casework_policies('sharing_decision', 'consent');
