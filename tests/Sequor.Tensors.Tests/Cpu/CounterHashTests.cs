using Sequor.Tensors.Cpu.Plain;

namespace Sequor.Tensors.Tests.Cpu;

public sealed class CounterHashTests
{
    private const int Rows = 256;
    private const int Columns = 1024;
    private const int Samples = Rows * Columns;

    [Fact]
    public void The_first_numbers_never_change()
    {
        // A checkpoint resumes with the same masks only as long as these stay. Computed by the same formula in Python.
        CounterHash hash = CounterHash.OfRow(rowKey: 1, siteKey: 2);
        Assert.Equal([582658319u, 1402225517u, 3461904433u], new[] { hash.At(0), hash.At(1), hash.At(65536) });
        Assert.Equal(1u, hash.Step & 1);
    }

    [Fact]
    public void Each_of_the_32_bits_is_set_half_of_the_time()
    {
        for (int bit = 0; bit < 32; bit++)
        {
            int set = Walk((row, column) => (int)((Hash(row, 5).At(column) >> bit) & 1));

            // Five standard deviations of a fair coin.
            Assert.Equal(Samples / 2.0, set, 5 * Math.Sqrt(Samples / 4.0));
        }
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 0, 2)]
    [InlineData(0, 0, 16)]
    [InlineData(0, 0, 64)]
    [InlineData(1, 0, 0)]
    [InlineData(2, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(0, 1, 0)]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 0)]
    public void Neighbouring_columns_rows_and_sites_are_not_correlated(int rows, int sites, int columns)
    {
        double sum = 0;
        Walk((row, column) =>
        {
            sum += Centred(Hash(row, 5).At(column)) * Centred(Hash(row + (uint)rows, 5 + (uint)sites).At(column + (uint)columns));
            return 0;
        });

        // The product of two independent uniform numbers in -1..1 has a standard deviation of 1/3.
        Assert.Equal(0, sum, 5.0 / 3 * Math.Sqrt(Samples));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(12)]
    [InlineData(0)]
    public void Bytes_of_the_hash_are_evenly_spread(int shift)
    {
        int[] counts = new int[256];
        Walk((row, column) => counts[(Hash(row, 9).At(column) >> shift) & 255]++);
        double expected = Samples / 256.0;
        double chiSquare = counts.Sum(count => (count - expected) * (count - expected) / expected);

        // 255 degrees of freedom: mean 255, standard deviation 22.6; between five of them below and above.
        Assert.InRange(chiSquare, 142, 368);
    }

    [Fact]
    public void Pairs_of_neighbouring_columns_are_evenly_spread()
    {
        int[] counts = new int[256];
        Walk((row, column) => counts[((Hash(row, 3).At(column) >> 28) << 4) | (Hash(row, 3).At(column + 1) >> 28)]++);
        double expected = Samples / 256.0;
        Assert.InRange(counts.Sum(count => (count - expected) * (count - expected) / expected), 142, 368);
    }

    [Theory]
    [InlineData(0.1f)]
    [InlineData(0.3f)]
    [InlineData(0.5f)]
    public void The_dropped_share_is_the_probability_over_all_and_in_each_row(float probability)
    {
        uint threshold = CounterHash.Threshold(probability);
        double deviation = Math.Sqrt(probability * (1 - probability));
        int all = 0;
        for (uint row = 0; row < Rows; row++)
        {
            int dropped = 0;
            for (uint column = 0; column < Columns; column++)
            {
                dropped += Hash(row, 1).At(column) < threshold ? 1 : 0;
            }

            Assert.Equal(probability * Columns, dropped, 5 * deviation * Math.Sqrt(Columns));
            all += dropped;
        }

        Assert.Equal(probability * Samples, all, 5 * deviation * Math.Sqrt(Samples));
    }

    [Fact]
    public void A_probability_of_nearly_1_still_fits_into_32_bits()
    {
        Assert.Equal(0u, CounterHash.Threshold(0));
        Assert.Equal(1u << 31, CounterHash.Threshold(0.5f));
        Assert.Equal(uint.MaxValue - 255, CounterHash.Threshold(MathF.BitDecrement(1)));
    }

    private static CounterHash Hash(uint row, uint site) => CounterHash.OfRow(row, site);

    private static double Centred(uint hash) => (hash / 2147483648.0) - 1;

    private static int Walk(Func<uint, uint, int> visit)
    {
        int sum = 0;
        for (uint row = 0; row < Rows; row++)
        {
            for (uint column = 0; column < Columns; column++)
            {
                sum += visit(row, column);
            }
        }

        return sum;
    }
}
