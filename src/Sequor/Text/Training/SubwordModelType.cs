namespace Sequor.Text.Training;

/// <summary>How a subword vocabulary is found and how text is cut by it.</summary>
public enum SubwordModelType
{
    /// <summary>A unigram language model over pieces (Kudo 2018).</summary>
    Unigram,

    /// <summary>Byte-pair encoding: the most frequent neighbours merge first (Sennrich et al. 2016).</summary>
    Bpe,

    /// <summary>Whole words, cut at white space.</summary>
    Word,

    /// <summary>Single characters (code points).</summary>
    Character,
}
