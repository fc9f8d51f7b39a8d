namespace Sequor.Text.Sentences.Rules;

/// <summary>Dutch, Swedish, Danish and Norwegian.</summary>
internal static class Germanic
{
    /// <summary>Dutch.</summary>
    public static LanguageWords Dutch { get; } = new()
    {
        NeverEnding = "dhr mevr mw mej dr drs prof mr ir ing ds St hr bv b.v bijv d.w.z m.b.t i.p.v t.o.v o.a m.n t.a.v i.v.m z.g zgn resp ca vgl evt incl excl vs gebr",
        MayEnd = "enz etc e.d e.a Inc N.V B.V Co Ltd jr v.Chr n.Chr a.u.b tel",
        BeforeNumber = "nr nrs Nr blz pag p pp art hfst afb fig jan feb mrt apr jun jul aug sept okt nov dec",
        Starters = """
            De Het Een Ik Jij Je U Hij Zij Ze Wij We Jullie Mijn Jouw Zijn Haar Ons Onze Hun Dit Dat Deze Die En Maar Of Als Toen Want Omdat Dan Daarna Daar Hier Nu Er Wat
            Wie Waar Waarom Wanneer Hoe Welke In Op Aan Bij Met Na Naar Van Voor Uit Over Onder Door Om Te Zonder Niet Geen Ook Nog Is Was Heeft Kan Alle Iedereen Niemand
            """,
        Months = "januari februari maart april mei juni juli augustus september oktober november december",
    };

    /// <summary>Swedish.</summary>
    public static LanguageWords Swedish { get; } = new()
    {
        NeverEnding = "t.ex d.v.s dvs bl.a s.k f.d fr.o.m t.o.m p.g.a pga m.a.o jfr ca resp inkl exkl dr prof hr St kungl",
        MayEnd = "etc osv m.m m.fl o.dyl f.Kr e.Kr f.n t.v Inc Co jr tel",
        BeforeNumber = "nr s sid kap fig jan feb apr aug sept okt nov dec",
        Starters = """
            Den Det De En Ett Jag Du Han Hon Vi Ni Man Min Din Sin Vår Er Deras Denna Detta Dessa Och Men Eller Om När Då Sedan Så Där Här Nu Vad Vem Var Varför Hur Vilken
            I På Av Till Från Med Utan För Efter Före Under Över Vid Inte Ingen Alla Också Är Har Kan
            """,
        Months = "januari februari mars april maj juni juli augusti september oktober november december",
        WordsOfOneLetter = "iåö",
    };

    /// <summary>Danish.</summary>
    public static LanguageWords Danish { get; } = new()
    {
        NeverEnding = "f.eks fx dvs d.v.s bl.a ca hr fr dr prof sml jf inkl ekskl pga p.g.a ifm vedr evt St kgl nuv hhv",
        MayEnd = "etc osv m.m m.v m.fl mv o.lign f.Kr e.Kr mio mia Inc Co jr tlf",
        BeforeNumber = "nr s side kap fig stk kl jan feb apr aug sept okt nov dec",
        Starters = """
            Den Det De En Et Jeg Du Han Hun Vi I Man Min Din Sin Vores Deres Denne Dette Disse Og Men Eller Hvis Når Da Så Der Her Nu Hvad Hvem Hvor Hvorfor Hvordan Hvilken
            På Af Til Fra Med Uden For Efter Før Under Over Ved Ikke Ingen Alle Også Er Har Kan
            """,
        Months = "januar februar marts april maj juni juli august september oktober november december",
        HasOrdinalStops = true,
        WordsOfOneLetter = "iåø",
    };

    /// <summary>Norwegian, both written forms.</summary>
    public static LanguageWords Norwegian { get; } = Danish with
    {
        NeverEnding = "f.eks dvs d.v.s bl.a ca hr fr dr prof jf inkl ekskl pga p.g.a ifm vedr evt St kgl hhv t.d",
        Months = "januar februar mars april mai juni juli august september oktober november desember",
        Starters = Danish.Starters + " Ei Eg Ho Me Dei Ikkje Kva Kven Kvar Korleis Hva Hvordan Vår",
    };
}
