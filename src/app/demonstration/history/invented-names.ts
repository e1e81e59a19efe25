/** Names for people who never lived. None stands for anything else that is said of them. */
export const inventedNames = {
  female: listed(`
    Adaeze Alisha Amara Anneka Bethan Bria Carys Chanel Daniela Della Efua Elodie Esme Freya Gabriela
    Halima Imani Iona Jada Jasmin Kaya Kezia Laila Leonie Lottie Maisie Mariama Naomi Nell Oriana Paige
    Rhea Rosa Sadia Sienna Tamsin Thea Uma Winnie Yara Zainab Zuri
  `),
  male: listed(`
    Aaron Abel Adem Aidan Alfie Amadou Anton Archie Ashton Ayo Bilal Blake Bradley Caleb Carlos Cian
    Connor Corey Damian Dario Darnell Dexter Ellis Emre Ethan Fabian Femi Gabriel Hamza Harvey Ilyas
    Jamal Jerome Joel Jordan Kai Kieran Kofi Kwame Leon Lewin Mandeep Marcel Mateo Micah Milan Nabil
    Nico Obi Omari Otis Pavel Quincy Rafael Reece Remy Ruben Sami Sol Stefan Tobi Toby Viktor Wesley
    Xavier Yaw Zaid
  `),
  family: listed(`
    Abara Adair Akinola Alder Amankwah Arkwright Ashby Barrow Bello Birch Brannigan Brook Castell Chukwu
    Clements Coker Corbin Crane Dacosta Dalby Danso Deniz Drummond Ebanks Elder Fairley Farah Fenwick
    Forde Gallow Gayle Gill Goodwyn Grant Haidari Hale Hart Hollis Hoxha Iqbal Ives Jarrett Jeffers
    Kamara Kaur Keane Kelmendi Kettle Lamb Lindo Lock Lovell Maddox Malik Marsh Mbeki Mendes Miah Morrow
    Nash Ndiaye Neville Odell Okafor Onslow Opoku Owusu Palmer Pereira Petrov Pinder Quaye Quinn Rahman
    Reid Rowe Sahin Salter Sesay Shaw Silva Sparrow Stone Tahir Tait Tembo Thorne Turay Umar Vance
    Vasquez Wade Warsame West Whitlock Wilde Yates Yeboah Zeneli
  `),
};

function listed(names: string): string[] {
  return names.trim().split(/\s+/);
}
