-- Who stands in for a borough's contact, what home pages count, and what else a search finds people by.

-- Somebody who has been approved as a borough's contact stands in for another, both days included. Which areas that
-- gives is the covered grant's own affair: they are never copied, and end with it.
create table identity.borough_cover (
  id uuid primary key default homeward.new_id(),
  grant_id uuid not null references identity.access_grant,
  stand_in_id uuid not null references identity.account,
  starts_on date not null,
  ends_on date not null,
  named_by uuid not null references identity.account,
  named_at timestamptz not null default now(),
  ended_at timestamptz,
  ended_by uuid references identity.account,
  check (ends_on >= starts_on),
  check ((ended_at is null) = (ended_by is null))
);
create index borough_cover_stand_in on identity.borough_cover (stand_in_id, ends_on) where ended_at is null;
create index borough_cover_grant on identity.borough_cover (grant_id, ends_on desc);
create index borough_cover_named_by on identity.borough_cover (named_by);
create index borough_cover_ended_by on identity.borough_cover (ended_by) where ended_by is not null;

-- Home pages count what is open, and never what was.
create index allocation_open_by_area on service.allocation (area, started_at, id) where ended_at is null;
create index episode_open_by_length on service.episode (opened_at, id) where closed_at is null;

-- Names that are used for one another, in the form in which names are searched. Those of one line stand for each other.
create table reference.nickname (
  name text not null check (name <> ''),
  form text not null check (form <> '' and form !~ ' '),
  primary key (name, form)
);
create index nickname_form on reference.nickname (form);
insert into reference.nickname (name, form)
select line[1], form
from (select string_to_array(written, ' ') as line from unnest(array[
  'abdirahman abdi abdu', 'abdullah abdi abdul abdulla', 'abigail abi abby gail', 'abraham ibrahim ibby abe', 'adam adem',
  'adewale wale', 'ahmed ahmad ahmet', 'aisha aysha ayesha aishah', 'alexander alex alec sandy xander sasha',
  'alexandra alex lexi sandra sasha alexa', 'alfred alfie fred', 'ali aly', 'amelia millie amy', 'andrew andy drew',
  'angela angie ange', 'anthony tony ant', 'antonio tony toni', 'archibald archie', 'arthur art artie', 'ayodele ayo dele',
  'babatunde tunde baba', 'barbara barb babs', 'benjamin ben benji benny', 'bernard bernie', 'caroline caz carrie carol',
  'catherine cathy kate katie cath katherine kathryn kat', 'charles charlie chaz chuck', 'charlotte charlie lottie char',
  'christina chris tina chrissy', 'christine chris tina chrissy', 'christopher chris kit topher', 'daniel dan danny',
  'danielle dani elle', 'david dave davey dai', 'deborah deb debbie', 'dominic dom nick', 'edward ed eddie ted teddy ned',
  'eleanor ellie nell nora', 'elizabeth liz beth lizzie eliza betty libby lisa', 'emily em emmy millie', 'emmanuel manny emman',
  'fatima fatou fatoumata fatma', 'florence flo florrie', 'folasade sade fola', 'francis frank frankie', 'frederick fred freddie',
  'gabriel gabe gabi', 'gabriella gabby ella', 'george georgie', 'georgina george georgie gina', 'gerald gerry jerry',
  'gregory greg', 'hamza hamzah', 'harold harry hal', 'harrison harry', 'helen nell ellie', 'henry harry hal hank',
  'hassan hasan', 'hussein hussain husain', 'isaac zac ike ishaq', 'isabella bella izzy isabel', 'ishmael ismail ismael',
  'jacob jake coby yaqub', 'jacqueline jackie jacqui', 'james jim jimmy jamie jem', 'jane janey jenny', 'jasmine jas jazz yasmin',
  'jayden jay jaydon jaden', 'jennifer jen jenny', 'jeremiah jerry jem', 'jeremy jez jem jerry', 'jessica jess jessie',
  'joanna jo anna', 'joanne jo', 'john jack johnny jon', 'jonathan jon jonny johnny jono jonathon', 'joseph joe joey yusuf yousef yusef',
  'joshua josh', 'judith judy jude', 'julian jules', 'kamal kamaal', 'kenneth ken kenny', 'kevin kev', 'kimberley kim',
  'kwabena kobby', 'laurence larry laurie lawrence', 'leonard len lenny leo', 'lewis lou louis', 'louise lou',
  'lucy lou lucia', 'madeleine maddie maddy', 'malachi mal kai', 'margaret maggie meg peggy marge', 'maria mary mia',
  'mariam maryam miriam maria', 'marcus mark marc', 'martin marty', 'matthew matt matty', 'maxwell max', 'maximilian max',
  'michael mike mick micky mikey', 'mohammed mohamed muhammad mohammad muhammed mohamud mahamed mo moh momo mehmet',
  'mustafa mustapha', 'natalie nat', 'natasha tash tasha nat', 'nathan nat nate', 'nathaniel nat nate nathan',
  'nicholas nick nicky nico', 'nicola nicky nikki', 'oladipo dipo', 'olamide ola lamide', 'oliver ollie olly', 'olivia liv livvy',
  'oluwaseun seun', 'oluwatobi tobi toby', 'omar umar omer', 'osman usman uthman', 'pamela pam', 'patricia pat trish tricia patsy',
  'patrick pat paddy', 'peter pete', 'philip phil pip phillip', 'rachel rach rachael', 'raymond ray', 'rebecca becky becca bex',
  'reginald reg reggie', 'richard rich rick ricky dick', 'robert rob robbie bob bobby bert', 'ronald ron ronnie', 'rosemary rose rosie',
  'said saeed sayed saed', 'samantha sam sammy', 'samuel sam sammy', 'sarah sara sally', 'sebastian seb bastian',
  'stephanie steph', 'stephen steve stevie steven', 'stuart stu stewart', 'suleiman sulaiman sully suleman', 'susan sue susie',
  'taiwo taiye', 'terence terry tel', 'theodore theo ted teddy', 'theresa tess terry teresa', 'thomas tom tommy', 'timothy tim timmy',
  'tobias toby tobi', 'tyrone ty', 'valerie val', 'veronica ronnie vee', 'victoria vicky vic tori', 'vincent vince vinny',
  'william will bill billy willy liam', 'yasmin yas jasmine', 'yusuf yousef yusef yussuf', 'zachary zac zach zack', 'zainab zaynab zeinab'
]) written) as written
cross join unnest(line) form
on conflict do nothing;

-- The beginning of a postcode finds everybody there, whatever order the server's own locale has.
create index person_postcode_beginning on service.person (postcode collate "C", id) where postcode <> '';

-- A telephone number without what people write between its digits, as it is dialled at home; from a referral the one that
-- was given as the young person's. Only built-in functions: whoever sends a referral needs no right to another.
alter table service.referral add column phone_key text generated always as (
  regexp_replace(
    regexp_replace(jsonb_path_query_first(answers, '$[*] ? (@.key == "theirPhone").answer') #>> '{}', '[^0-9+]', '', 'g'),
    '^(\+|00)44(\(?0\)?)?', '0')) stored;
alter table history.referral add column phone_key text;
select homeward.refresh_as_at('referral');
create index referral_phone on service.referral (phone_key) where phone_key <> '';
