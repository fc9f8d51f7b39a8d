namespace Sequor.Text.Sentences.Rules;

/// <summary>Spanish, Italian and Portuguese.</summary>
internal static class Romance
{
    /// <summary>Spanish.</summary>
    public static LanguageWords Spanish { get; } = new()
    {
        NeverEnding = "EE Sr Sra Srta Sres Sras Dr Dra Dres Prof Profa D Dª Da Lic Ing Arq Gral Cnel Cap Sgto Mons Fr Sto Sta S p.ej p.e ej cf vs aprox Excmo Excma Ilmo",
        MayEnd = "etc Ud Uds Vd Vds Inc Ltd Cía S.A S.L Av Avda EE.UU UU a.C d.C Jr al dpto tel izq dcha",
        EndingByName = "a.m p.m",
        BeforeNumber = "n no núm núms No pág págs p pp vol cap art fig t ene feb mar abr jun jul ago sept oct nov dic",
        Starters = """
            El La Los Las Un Una Unos Unas Lo Yo Tú Él Ella Nosotros Ellos Ellas Usted Mi Tu Su Sus Este Esta Estos Estas Ese Esa Eso Esto Aquel Y Pero O Si No Sí Que Qué
            Quién Cuando Cuándo Donde Dónde Como Cómo Por Porque Para Con Sin En De Del Al A Desde Hasta Entre Según También Entonces Luego Después Antes Ahora Hoy Ayer Hay
            Es Son Fue Era Se Le Les Me Te Nos
            """,
        Months = "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre",
        WordsOfOneLetter = "yoaeu",
    };

    /// <summary>Italian.</summary>
    public static LanguageWords Italian { get; } = new()
    {
        NeverEnding = "Sig Sigg Sig.ra Sig.na Dott Dr Prof Prof.ssa Dott.ssa Ing Avv Arch Geom Rag On Sen Gen Col Cap Ten Mons Don S SS St p.es es cfr cf vs ca",
        MayEnd = "ecc etc Inc Ltd S.p.A S.r.l a.C d.C Jr al tel",
        BeforeNumber = "n nn N pag pagg p pp vol voll cap art artt fig tab gen feb mar apr mag giu lug ago set sett ott nov dic",
        Starters = """
            Il Lo La I Gli Le Un Uno Una Io Tu Lui Lei Noi Voi Loro Mio Mia Suo Sua Questo Questa Questi Queste Quello Quella E Ma O Se Non Sì No Che Chi Quando Dove Come
            Perché Quanto Per Con Senza In Di Da Del Della Al Alla Nel Nella Dopo Prima Poi Allora Anche Ora Oggi Ieri Domani È Sono Era C'è Si Mi Ti Ci Vi
            """,
        Months = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        WordsOfOneLetter = "èeoai",
    };

    /// <summary>Portuguese.</summary>
    public static LanguageWords Portuguese { get; } = new()
    {
        NeverEnding = "Sr Sra Srta Srs Sras Dr Dra Drs Prof Profa D Dª Eng Exmo Exma Gen Cel Cap Sgto Sto Sta S p.ex ex cf vs aprox V.Ex V.Exa",
        MayEnd = "etc Inc Ltda Cia S.A Av a.C d.C EUA Jr al tel depto",
        BeforeNumber = "n nº no núm pág págs p pp vol cap art fig jan fev mar abr mai jun jul ago set out nov dez",
        Starters = """
            O A Os As Um Uma Uns Umas Eu Tu Ele Ela Nós Vós Eles Elas Você Vocês Meu Minha Seu Sua Este Esta Isto Esse Essa Isso Aquele Aquela E Mas Ou Se Não Sim Que Quem
            Quando Onde Como Por Porque Para Com Sem Em No Na Nos Nas De Do Da Ao À Desde Até Entre Também Então Depois Antes Agora Hoje Ontem Amanhã Há É São Foi Era
            """,
        Months = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        WordsOfOneLetter = "eoaàé",
    };
}
