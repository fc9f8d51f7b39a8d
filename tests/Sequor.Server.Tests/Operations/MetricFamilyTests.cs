using System.Diagnostics.Metrics;
using System.Text;
using Sequor.Server.Operations;

namespace Sequor.Server.Tests.Operations;

public sealed class MetricFamilyTests
{
    [Fact]
    public void A_histogram_counts_what_lies_at_or_below_each_bound()
    {
        using Meter meter = new("test");
        MetricFamily family = new(meter.CreateHistogram("test.wait", "s", "Waiting.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2] }));
        foreach (double seconds in (double[])[0.25, 0.5, 1.5, 1.5, 8])
        {
            family.Take(seconds, [new("model", "en-de"), new("a", 1)]);
        }

        Assert.Equal(
            """
            # HELP test_wait_seconds Waiting.
            # TYPE test_wait_seconds histogram
            test_wait_seconds_bucket{a="1",model="en-de",le="0.5"} 2
            test_wait_seconds_bucket{a="1",model="en-de",le="1"} 2
            test_wait_seconds_bucket{a="1",model="en-de",le="2"} 4
            test_wait_seconds_bucket{a="1",model="en-de",le="+Inf"} 5
            test_wait_seconds_sum{a="1",model="en-de"} 11.75
            test_wait_seconds_count{a="1",model="en-de"} 5

            """, Written(family));
    }

    [Fact]
    public void A_counter_adds_and_a_gauge_replaces_and_labels_are_escaped()
    {
        using Meter meter = new("test");
        MetricFamily counter = new(meter.CreateCounter<long>("test.bytes", "By", "Line one\nline two \\ three"));
        MetricFamily gauge = new(meter.CreateGauge<double>("test.depth"));
        counter.Take(2, [new("path", "a\"b\\c\nd")]);
        counter.Take(3, [new("path", "a\"b\\c\nd")]);
        gauge.Take(7, []);
        gauge.Take(0.1, []);

        Assert.Equal(
            "# HELP test_bytes_total Line one\\nline two \\\\ three\n# TYPE test_bytes_total counter\ntest_bytes_total{path=\"a\\\"b\\\\c\\nd\"} 5\n", Written(counter));
        Assert.Equal("# HELP test_depth test.depth\n# TYPE test_depth gauge\ntest_depth 0.1\n", Written(gauge));
    }

    [Fact]
    public void Labels_without_end_fall_into_one_series()
    {
        using Meter meter = new("test");
        MetricFamily family = new(meter.CreateCounter<long>("test.requests"));
        for (int i = 0; i < 1500; i++)
        {
            family.Take(1, [new("who", i)]);
        }

        Assert.Equal(2 + 1000 + 1, Written(family).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("test_requests_total{overflow=\"true\"} 500\n", Written(family), StringComparison.Ordinal);
    }

    private static string Written(MetricFamily family)
    {
        StringBuilder text = new();
        family.Write(text);
        return text.ToString();
    }
}
