namespace Sequor.Text.Sentences.Rules;

/// <summary>French.</summary>
internal static class French
{
    /// <summary>The words.</summary>
    public static LanguageWords Words { get; } = new()
    {
        NeverEnding = """
            M MM Mme Mmes Mlle Mlles Mgr Dr Drs Pr Prof Me St Ste Gal Cdt Cne Col Lt Adj Ing Vve Sr R.P
            cf p.ex c.-à-d c.à.d av apr env vs éd dir trad coll resp spéc notamt Mr Mrs
            """,
        MayEnd = "etc al Cie Inc Ltd S.A S.A.R.L J.-C bd boul tél dept hab suiv apt",
        BeforeNumber = "n no nos nº n° No p pp vol chap art fig tab t par ch sect al janv févr avr juil sept oct nov déc",
        Starters = """
            Le La Les Un Une Des Du De Ce Cet Cette Ces Mon Ma Mes Ton Ta Tes Son Sa Ses Notre Nos Votre Vos Leur Leurs Je Tu Il Elle On Nous Vous Ils Elles Qui Que Quoi
            Quand Où Comment Pourquoi Combien Quel Quelle Quels Quelles Et Mais Ou Donc Or Ni Car Si Comme Lorsque Puisque Ainsi Alors Puis Ensuite Enfin Aussi Cependant
            Pourtant Toutefois Dans En Au Aux Avec Sans Pour Par Sur Sous Chez Après Avant Depuis Pendant Selon Malgré Ne Pas Plus Tout Tous Toute Toutes Chaque Aucun Rien
            Personne Est Sont Oui Non Ici Là Voici Voilà Maintenant Hier Demain Cela Ceci Ça Celui Celle Ceux À A Y
            """,
        Months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr avr juil sept oct nov déc",
        WordsOfOneLetter = "àyah",
    };
}
