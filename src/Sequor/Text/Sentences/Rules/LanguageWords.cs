namespace Sequor.Text.Sentences.Rules;

/// <summary>The words of a language that its rules are made of, parted by white space; abbreviations stand without their last stop.</summary>
internal sealed record LanguageWords
{
    /// <summary>Abbreviations that something always follows: titles, z.B, vs.</summary>
    public string NeverEnding { get; init; } = "";

    /// <summary>Abbreviations that may be a sentence's last word: etc, usw, Inc.</summary>
    public string MayEnd { get; init; } = "";

    /// <summary>Of those with inner stops, the ones behind which any capital begins a sentence: p.m.</summary>
    public string EndingByName { get; init; } = "";

    /// <summary>Abbreviations before a number (No, Abb) that are words or nothing elsewhere.</summary>
    public string BeforeNumber { get; init; } = "";

    /// <summary>Frequent first words of sentences, with their capital.</summary>
    public string Starters { get; init; } = "";

    /// <summary>Names of months, whole and shortened.</summary>
    public string Months { get; init; } = "";

    /// <summary>Articles and the like, which stand before an ordinal but seldom before another number.</summary>
    public string OrdinalLeaders { get; init; } = "";

    /// <summary>Verbs that follow a quotation and a name.</summary>
    public string SpeechVerbs { get; init; } = "";

    /// <summary>Letters that are words.</summary>
    public string WordsOfOneLetter { get; init; } = "";

    /// <summary>A question mark that is none elsewhere: the Greek one looks like a semicolon.</summary>
    public char QuestionMark { get; init; } = '?';

    /// <summary>Whether a number with a stop may be an ordinal.</summary>
    public bool HasOrdinalStops { get; init; }

    /// <summary>Whether all nouns have a capital.</summary>
    public bool HasCapitalNouns { get; init; }
}
