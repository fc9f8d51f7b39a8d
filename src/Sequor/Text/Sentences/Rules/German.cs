namespace Sequor.Text.Sentences.Rules;

/// <summary>German.</summary>
internal static class German
{
    /// <summary>The words.</summary>
    public static LanguageWords Words { get; } = new()
    {
        NeverEnding = """
            Hr Hrn Fr Frl Dr Prof Dipl Ing Mag Dres St Sr Hl hl Geb geb gest verh verw Frhr Gebr Mme Mr Mrs Mt
            z.B d.h d.i i.d.R u.U z.T z.Z z.Zt i.A i.V i.S m.E m.W o.g s.o.g v.a b.z.w bzw bzgl vgl sog evtl ggf gegr inkl exkl einschl zzgl abzgl ca
            insb insbes allg eigtl urspr Hrsg hrsg Hgg gen bes ehem zw spez lfd dt engl frz lat griech ital span russ amerik Ev kath ev röm sen Dr.med
            """,
        MayEnd = """
            usw etc uvm usf dgl u.a u.ä o.ä o.Ä u.Ä u.v.m v.Chr n.Chr Chr Jh Jhd Jhs Mio Mrd Tsd Std Min Sek Str Co Inc Ltd Corp Jr jun a.D e.V i.R MwSt Tel Fa
            """,
        BeforeNumber = "Nr Nrn Abb Abbn Kap Bd Bde S Art Abs Ziff Anm Tab Aufl Ausg Jg H Bl Fn Rn Lkr Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez nr abb kap bd",
        Starters = """
            Der Die Das Den Dem Des Ein Eine Einen Einem Einer Eines Ich Du Er Sie Es Wir Ihr Ihre Ihren Ihrem Mein Meine Dein Deine Sein Seine Unser Unsere Euer Dieser
            Diese Dieses Diesem Diesen Jener Jene Jenes Jeder Jede Jedes Alle Alles Man Kein Keine Und Aber Oder Doch Denn Sondern Wenn Als Weil Dass Ob Obwohl Da Daher
            Darum Deshalb Dann Danach Davor Dabei Damit Dafür Dort Hier Heute Gestern Morgen Jetzt Nun Nur Auch Noch Schon So Sonst Trotzdem Wie Was Wer Wo Wann Warum
            Welche Welcher Welches Wem Wen In Im Am An Auf Aus Bei Beim Mit Nach Von Vom Vor Zu Zum Zur Für Gegen Ohne Um Durch Über Unter Seit Bis Nicht Niemand Ist Sind
            War Waren Hat Haben Hatte Kann Können Muss Müssen Soll Sollen Will Wollen Bitte Ja Nein Zwar Zudem Außerdem Jedoch Allerdings Später Zuerst Zuletzt Insgesamt
            """,
        Months = "Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez",
        OrdinalLeaders = """
            der die das dem den des am im vom zum zur beim ans ins aufs ein eine einen einem einer eines mein meine meinen meinem meiner meines dein deine deinen deinem
            deiner deines sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres unser unsere unseren unserem unserer eures euer eure euren eurem eurer
            dieser diese dieses diesem diesen jeder jede jedes jedem jeden kein keine keinen keinem keiner
            """,
        EndingByName = "o.k O.K",
        HasOrdinalStops = true,
        HasCapitalNouns = true,
    };
}
