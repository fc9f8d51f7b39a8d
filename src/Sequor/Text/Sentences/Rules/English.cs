namespace Sequor.Text.Sentences.Rules;

/// <summary>English.</summary>
internal static class English
{
    /// <summary>The words.</summary>
    public static LanguageWords Words { get; } = new()
    {
        NeverEnding = """
            Mr Mrs Ms Messrs Mmes Mx Dr Drs Prof Rev Hon Fr Sr St Mt Ft Gen Col Maj Capt Cpt Lt Cmdr Cdr Adm Sgt Cpl Pvt Gov Sen Rep Pres Supt Det Insp Atty
            e.g i.e viz vs cf resp approx incl esp Brig Msgr Amb Treas Ald Comdr eds trans
            """,
        MayEnd = """
            etc Inc Ltd Co Corp Bros LLC Plc Jr Sr Esq al Ave Blvd Rd Dept Univ Assn dept est govt min max misc Ph.D U.S U.K U.N D.C B.A M.A M.D oz lb lbs ft sq cu
            """,
        EndingByName = "a.m p.m A.M P.M B.C A.D B.C.E C.E",
        BeforeNumber = """
            No Nos no nos Fig Figs fig figs p pp vol vols Vol ch Ch chap sec Sec art Art eq Eq ver v para Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
            """,
        Starters = """
            The A An This That These Those There Here He She It We You They I My Your His Her Its Our Their And But Or So Then If When While Where Why What Who Which
            How In On At By For From With Without After Before As Since Because Although Though However Therefore Also Not No Yes Now Once Some Many Most Each Every All
            Both Another Such Do Does Did Is Are Was Were Can Could Will Would Should May Let Please Don't To Of Only Even Still Yet Thus Meanwhile Moreover Perhaps
            """,
        Months = "January February March April May June July August September October November December",
        SpeechVerbs = """
            said says asked asks replied replies answered cried shouted whispered exclaimed yelled screamed murmured muttered added continued began demanded insisted
            suggested warned laughed sighed called told thought wondered explained agreed admitted announced snapped
            """,
        WordsOfOneLetter = "I",
    };
}
