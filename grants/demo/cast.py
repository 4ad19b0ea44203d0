"""The people and organizations of the demonstration: all invented."""

from dataclasses import dataclass

DOMAIN = "demo.appui.example"


@dataclass(frozen=True)
class StaffPart:
    """A member of the staff in the demonstration."""

    name: str
    address: str
    title: str
    roles: tuple[str, ...]
    extension: str
    secretariat: str = "SACA"


STAFF = (
    StaffPart("Odile Morin", "odile", "Conseillère", ("advisor",), "4218"),
    StaffPart("Samuel Gagné", "samuel", "Conseiller", ("advisor",), "4221"),
    StaffPart("Inès Bouchard", "ines", "Conseillère", ("advisor",), "4224"),
    StaffPart("Hélène Caron", "helene", "Cheffe d’équipe", ("team_lead",), "4202"),
    StaffPart("Marc-André Roy", "marc-andre", "Chef d’équipe", ("team_lead",), "4203"),
    StaffPart("Irène Vallée", "irene", "Directrice", ("decider",), "4210"),
    StaffPart("Paul-Émile Gervais", "paul-emile", "Directeur adjoint", ("decider",), "4211"),
    StaffPart("Réjean Kirouac", "rejean", "Technicien en finances", ("finance_preparer",), "4301"),
    StaffPart(
        "Maëlle Deschamps", "maelle", "Technicienne en finances", ("finance_preparer",), "4302"
    ),
    StaffPart("Sylvio Tanguay", "sylvio", "Contrôleur", ("finance_approver",), "4310"),
    StaffPart("Denise Huot", "denise", "Contrôleuse", ("finance_approver",), "4311"),
    StaffPart("Fatou Diallo", "fatou", "Agente aux renseignements", ("information_agent",), "4101"),
    StaffPart("Luc Fortin", "luc", "Agent aux renseignements", ("information_agent",), "4102"),
    StaffPart(
        "Carole Nadeau",
        "carole",
        "Agente aux renseignements",
        ("information_agent",),
        "5101",
        secretariat="SCT",
    ),
    StaffPart(
        "Yves Lapierre",
        "yves",
        "Agent aux renseignements",
        ("information_agent",),
        "5102",
        secretariat="SCT",
    ),
    StaffPart("Gisèle Hamelin", "gisele", "Gestionnaire", ("manager",), "4205"),
    StaffPart(
        "Bernard Lessard", "bernard", "Responsable des plaintes", ("complaints_officer",), "4501"
    ),
    StaffPart(
        "Élodie Marchand", "elodie", "Responsable des plaintes", ("complaints_officer",), "4502"
    ),
    StaffPart("Karim Belkacem", "karim", "Administrateur", ("administrator",), "4601"),
    StaffPart("Josée Drouin", "josee", "Administratrice", ("administrator",), "4602"),
    StaffPart(
        "Normand Sirois", "normand", "Chef d’équipe", ("team_lead",), "5103", secretariat="SCT"
    ),
    StaffPart("Louise Audet", "louise", "Gestionnaire", ("manager",), "5105", secretariat="SCT"),
    StaffPart(
        "Victor Plourde",
        "victor",
        "Responsable des plaintes",
        ("complaints_officer",),
        "5501",
        secretariat="SCT",
    ),
    StaffPart(
        "Annick Beaulieu",
        "annick",
        "Responsable des plaintes",
        ("complaints_officer",),
        "5502",
        secretariat="SCT",
    ),
    StaffPart(
        "Étienne Lamontagne",
        "etienne",
        "Administrateur",
        ("administrator",),
        "5601",
        secretariat="SCT",
    ),
    StaffPart(
        "Solange Riopel",
        "solange",
        "Administratrice",
        ("administrator",),
        "5602",
        secretariat="SCT",
    ),
)

MEMBERS = ("Aline Saint-Onge", "Théo Bélanger")
"""The two people of the first organization: responsible, then writer."""

PEOPLE = (
    "Rachel Dubé",
    "Omar Haddad",
    "Lise Gendron",
    "Kevin Ouellet",
    "Mireille Savard",
    "Patrice Lemay",
    "Nadia Benali",
    "Gilles Pelletier",
    "Sophie Arsenault",
    "Jean-Guy Morneau",
    "Amina Touré",
    "Carl Bérubé",
    "Huguette Lavoie",
    "Simon Nguyen",
    "Denise Cloutier",
    "Pascal Thériault",
    "Marisol Reyes",
    "Réjean Bolduc",
    "Catherine Vachon",
    "Ibrahim Keita",
    "Ginette Paradis",
    "Alexis Giroux",
    "Thérèse Dionne",
    "Mathieu Hébert",
    "Yolande Tessier",
    "Philippe Landry",
    "Rosa Martinez",
    "André Fournier",
    "Claudette Simard",
)
"""The people responsible for the other organizations, in the same order."""

ORGANIZATIONS = (
    "Comité logement Rive-Claire",
    "Maison des aînés du Grand-Pré",
    "Entraide Val-Boréal",
    "Carrefour populaire du Faubourg",
    "Action locataires Haute-Plaine",
    "Les Cuisines de l’Estuaire",
    "La Ruche citoyenne",
    "Coop d’éducation L’Éveil",
    "Point-Virgule, alphabétisation",
    "Table des bénévoles du Piedmont",
    "Ateliers du Ruisseau-Neuf",
    "Regroupement Voix du large",
    "Défense des sans-emploi de la Vallée-Basse",
    "Cœur de village, entraide",
    "Relais des femmes de la Côte-Ronde",
    "Association des locataires du Vieux-Moulin",
    "Centre d’aide La Passerelle",
    "Le Pont couvert, jeunesse",
    "Radio communautaire Île-aux-Frênes",
    "Groupe budget Trois-Ponts",
    "Solidarité rurale des Hauts-Plateaux",
    "Maison de la famille Bois-Clair",
    "Forum des personnes handicapées du Fjord",
    "Jardins collectifs du Canton-Sud",
    "L’Œuvre du quartier Saint-Émile",
    "Comité de citoyens des Cinq-Rangs",
    "Accueil des nouveaux arrivants du Lac",
    "Réseau des proches aidants du Littoral",
    "Théâtre social Les Échelles",
    "Observatoire citoyen de l’eau vive",
)

MISSIONS = (
    "Nous aidons les locataires du quartier à connaître leurs droits et à les défendre ensemble.",
    "Nous réunissons des personnes aînées pour agir sur leurs conditions de vie.",
    "Nous accompagnons les personnes sans emploi dans la défense collective de leurs droits.",
    "Nous outillons les groupes de la région par la formation et le partage de pratiques.",
    "Nous faisons de l’éducation populaire avec les familles à faible revenu.",
)
