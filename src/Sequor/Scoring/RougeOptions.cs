namespace Sequor.Scoring;

/// <summary>Which overlap ROUGE counts.</summary>
public enum RougeKind
{
    /// <summary><c>rouge1</c>: words.</summary>
    Rouge1,

    /// <summary><c>rouge2</c>: pairs of words.</summary>
    Rouge2,

    /// <summary><c>rougeL</c>: the longest common subsequence of the whole texts.</summary>
    RougeL,

    /// <summary><c>rougeLsum</c>: the union of the longest common subsequences of their sentences, which line feeds separate.</summary>
    RougeLsum,
}

/// <summary>What ROUGE makes of several references.</summary>
public enum RougeReferences
{
    /// <summary>The reference with the highest F counts, as in rouge-score's <c>score_multi</c>. The default.</summary>
    Best,

    /// <summary>The mean over the references counts.</summary>
    Mean,
}

/// <summary>Settings of <see cref="Rouge"/>; the defaults are rouge-score's.</summary>
public sealed record RougeOptions
{
    /// <summary>Whether English endings are cut off words of more than three letters (Porter's stemmer). Default false.</summary>
    public bool Stem { get; init; }

    /// <summary>What is made of several references. Default <see cref="RougeReferences.Best"/>.</summary>
    public RougeReferences References { get; init; } = RougeReferences.Best;
}
