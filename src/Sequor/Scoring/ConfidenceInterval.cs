namespace Sequor.Scoring;

/// <summary>The 95 % confidence interval of a score, from bootstrap resampling.</summary>
/// <param name="Mean">The mean score of the resampled corpora.</param>
/// <param name="HalfWidth">Half the distance from <paramref name="Low"/> to <paramref name="High"/>: what sacreBLEU prints after ±.</param>
/// <param name="Low">The score below which one resampled corpus in forty lies.</param>
/// <param name="High">The score above which one resampled corpus in forty lies.</param>
public sealed record ConfidenceInterval(double Mean, double HalfWidth, double Low, double High);
