namespace Sequor.Tensors.Timing;

/// <summary>Sorts matrix products by role and by the two sizes that a model fixes; the third is the number of rows and changes from batch to batch.</summary>
internal sealed class ProductClasses
{
    // Products whose sizes all change would make a class each.
    private const int MostClasses = 512;

    private readonly Dictionary<(ProductRole Role, long First, long Second), Sums> _classes = [];

    internal void Clear() => _classes.Clear();

    internal void Add(ProductRole role, (long M, long N, long K) size, int batches, long ticks, long operations)
    {
        (ProductRole, long, long) key = role switch
        {
            ProductRole.WeightGradient => (role, size.M, size.N),
            _ => (role, size.N, size.K),
        };
        if (!_classes.TryGetValue(key, out Sums? sums))
        {
            key = _classes.Count < MostClasses ? key : (role, 0, 0);
            if (!_classes.TryGetValue(key, out sums))
            {
                sums = new Sums();
                _classes.Add(key, sums);
            }
        }

        sums.Add(size, batches, ticks, operations);
    }

    /// <summary>The classes, most time first.</summary>
    /// <param name="logitClasses">The size by which products of the logits are known; 0 where there were none.</param>
    internal IReadOnlyList<ProductTime> Read(int logitClasses) =>
    [
        .. _classes.Select(one => one.Value.Read(one.Key.Role, logitClasses)).OrderByDescending(product => product.Seconds),
    ];

    private sealed class Sums
    {
        private long _calls;
        private long _products;
        private long _ticks;
        private double _m;
        private double _n;
        private double _k;
        private double _operations;

        internal void Add((long M, long N, long K) size, int batches, long ticks, long operations)
        {
            _calls++;
            _products += batches;
            _ticks += ticks;
            _m += size.M;
            _n += size.N;
            _k += size.K;
            _operations += operations;
        }

        internal ProductTime Read(ProductRole role, int logitClasses)
        {
            (double m, double n, double k) = (_m / _calls, _n / _calls, _k / _calls);
            ProductRole known = role switch
            {
                ProductRole.Forward when n == logitClasses => ProductRole.Logits,
                ProductRole.InputGradient when k == logitClasses => ProductRole.LogitsInputGradient,
                ProductRole.WeightGradient when m == logitClasses => ProductRole.LogitsWeightGradient,
                _ => role,
            };
            return new ProductTime(known, m, n, k, _products, KernelClock.Seconds(_ticks), _operations);
        }
    }
}
