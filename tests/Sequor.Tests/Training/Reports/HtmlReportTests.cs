using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Sequor.Tests.Training.Logs;
using Sequor.Training.Logs;
using Sequor.Training.Reports;

namespace Sequor.Tests.Training.Reports;

public class HtmlReportTests
{
    private const string Hostile = "<script>alert('x')</script>\" onload=\"y\" & ]]> \0 שלום 🙂 \uD800";

    [Fact]
    public void The_page_is_well_formed_and_every_reference_within_it_leads_somewhere()
    {
        XDocument page = Parse(Written(SampleReports.Full()));

        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        IEnumerable<string> references = page.Descendants().Attributes("href").Select(link => link.Value.TrimStart('#'))
            .Concat(page.Descendants().Attributes("aria-labelledby").SelectMany(names => names.Value.Split(' ')));
        Assert.Subset(ids.ToHashSet(), references.ToHashSet());
    }

    [Fact]
    public void The_page_runs_no_script_and_loads_nothing()
    {
        string html = Written(SampleReports.Full());
        XDocument page = Parse(html);

        Assert.Empty(page.Descendants("script"));
        Assert.Empty(page.Descendants("link"));
        Assert.Empty(page.Descendants().Attributes("src"));
        Assert.DoesNotContain("http:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.All(page.Descendants().Attributes("href"), link => Assert.StartsWith("#", link.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void A_full_report_has_every_section_in_its_order()
    {
        XDocument page = Parse(Written(SampleReports.Full()));

        Assert.Equal(
            ["warnings", "scores", "curves", "translations", "attention", "fine-tuning", "data", "model", "machine", "configuration"],
            page.Descendants("section").Select(section => section.Attribute("id")!.Value));
    }

    [Fact]
    public void Recurrent_layers_show_how_far_back_their_gradient_reaches_and_other_models_have_no_such_figure()
    {
        TrainingLogEntry Entry(int update) => LogEntries.Update(update) with
        {
            GradientNormByDistance = [new("decoder.layers.0", [.. Enumerable.Range(0, 30).Select(d => Math.Pow(0.5, d) * update)]), new("encoder.layers.0.forward", [1, double.NaN, 0])],
        };
        XDocument page = Parse(Written(new TrainingReport { Title = "t", Updates = [Entry(1), Entry(50), Entry(100), Entry(150), LogEntries.Update(200)] }));
        XElement[] figures = [.. page.Descendants("figure").Where(figure => figure.Descendants("h3").Single().Value.StartsWith("Gradient through time, ", StringComparison.Ordinal))];

        Assert.Equal(["decoder.layers.0", "encoder.layers.0.forward"], figures.Select(figure => figure.Descendants("h3").Single().Value[23..]));
        Assert.Equal(
            ["update 1", "update 100", "update 150"],
            figures[0].Descendants("text").Where(text => text.Attribute("class")!.Value.StartsWith("name", StringComparison.Ordinal)).Select(text => text.Value));
        Assert.Matches("^At update 1 the norm is 1.00 at the last step and [^ ]+ 29 steps before it. At update 100 ", figures[0].Descendants("desc").Single().Value);
        Assert.Equal(["0", "1", "2", "5", "10", "20"], figures[0].Descendants("tbody").Single().Elements("tr").Select(row => row.Elements().First().Value));
        Assert.DoesNotContain("Gradient through time", Written(SampleReports.Full()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_report_is_a_page_with_a_heading_and_no_section()
    {
        XDocument page = Parse(Written(new TrainingReport { Title = "Nothing yet" }));

        Assert.Equal("Nothing yet", page.Descendants("h1").Single().Value);
        Assert.Empty(page.Descendants("section"));
    }

    [Fact]
    public void Hostile_text_stays_text_wherever_it_stands()
    {
        TrainingReport report = new()
        {
            Title = Hostile,
            Description = Hostile,
            Command = Hostile,
            ConfigurationYaml = Hostile,
            Warnings = [Hostile],
            Metrics = [new() { Name = Hostile, TestSet = Hostile, Score = 1, Signature = Hostile }],
            Samples = [new() { Source = Hostile, Hypothesis = Hostile, Reference = Hostile, Score = 1, ScoreName = Hostile, SourceLanguage = Hostile }],
            Attention = [SampleReports.Attention(Hostile, [Hostile, "b"], [Hostile, "d"], heads: 2)],
            FineTuning = new FineTuningComparison(Hostile, [new() { TestSet = Hostile, Metric = Hostile, Parent = 1, Tuned = 2 }]),
            Data = [new() { Name = Hostile, Kept = 1, Dropped = [new(Hostile, 1)], Source = Hostile }],
            Model = new ModelSummary { Name = Hostile, Parts = [new(Hostile, 1)], WeightsSha256 = Hostile },
            Machine = new MachineDescription { Processor = Hostile, Processors = 1, MemoryBytes = 1, OperatingSystem = Hostile, Runtime = Hostile, InstructionSets = Hostile },
            Updates = [LogEntries.Update(1) with { GradientNormByLayer = [new(Hostile, 1)] }],
        };

        string html = Written(report);
        XDocument page = Parse(html);

        Assert.Empty(page.Descendants("script"));
        Assert.Empty(page.Descendants().Attributes("onload"));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', html);
        string shown = Hostile.Replace('\0', '\uFFFD').Replace('\uD800', '\uFFFD');
        Assert.Equal(shown, page.Descendants("h1").Single().Value);
        Assert.True(page.Descendants().Count(element => !element.HasElements && element.Value == shown) >= 20);
    }

    [Fact]
    public void Every_picture_tells_in_words_what_it_shows()
    {
        XElement[] pictures = [.. Parse(Written(SampleReports.Full())).Descendants("svg")];

        Assert.Equal(6 + 3, pictures.Length);
        Assert.All(pictures, picture =>
        {
            Assert.Equal("img", picture.Attribute("role")!.Value);
            Assert.NotEqual("", picture.Element("title")!.Value);
            Assert.NotEqual("", picture.Element("desc")!.Value);
        });
    }

    [Fact]
    public void Every_table_has_a_caption_and_its_rows_are_as_wide_as_its_head() =>
        Assert.All(Parse(Written(SampleReports.Full())).Descendants("table"), table =>
        {
            Assert.NotEqual("", table.Element("caption")!.Value);
            int columns = table.Element("thead")!.Descendants("th").Count();
            Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal(columns, row.Elements().Count()));
        });

    [Fact]
    public void A_long_log_makes_no_long_page()
    {
        TrainingReport report = new()
        {
            Title = "long",
            Updates = [.. Enumerable.Range(1, 50_000).Select(i => LogEntries.Update(i) with { Loss = 2 + Math.Sin(i) })],
        };

        Assert.InRange(Written(report).Length, 10_000, 100_000);
    }

    [Fact]
    public void A_training_that_diverged_still_has_its_report()
    {
        TrainingReport report = new()
        {
            Title = "diverged",
            Updates =
            [
                .. Enumerable.Range(1, 300).Select(i => i < 250 ? LogEntries.Update(i) : LogEntries.Update(i) with
                {
                    Loss = double.NaN,
                    Nll = double.NaN,
                    Perplexity = double.PositiveInfinity,
                    GradientNorm = double.NaN,
                    GradientNormByLayer = [new("encoder", double.NaN)],
                }),
            ],
            Validations = [LogEntries.Validation(100) with { Loss = double.NaN, Perplexity = double.NaN, Accuracy = double.NaN }],
        };

        string html = Written(report);

        Parse(html);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u221E", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Attention_that_does_not_fit_its_tokens_is_refused()
    {
        TrainingReport report = new()
        {
            Title = "a",
            Attention = [new() { Title = "layer 1", SourceTokens = ["a", "b"], TargetTokens = ["c"], Heads = [new("head 2", [1f])] }],
        };

        ArgumentException fault = Assert.Throws<ArgumentException>(() => Written(report));

        Assert.Contains("needs 2 weights, but its head \"head 2\" has 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_fine_tuning_lost_is_said_in_words_also_where_less_is_better()
    {
        XElement section = Parse(Written(SampleReports.Full())).Descendants("section").Single(one => one.Attribute("id")!.Value == "fine-tuning");

        Assert.Equal(
            [["+11.45", "gained"], ["\u22123.07", "lost"], ["+2.25", "lost"]],
            section.Descendants("tbody").Elements("tr").Select(row => row.Elements("td").Skip(3).Select(cell => cell.Value).ToArray()));
    }

    [Fact]
    public void A_saved_page_replaces_the_old_one_and_leaves_nothing_beside_it()
    {
        string directory = Directory.CreateTempSubdirectory("sequor-report-").FullName;
        try
        {
            string path = Path.Combine(directory, "report.html");
            File.WriteAllText(path, "old");
            HtmlReport.Save(new TrainingReport { Title = "new" }, path);

            Assert.Equal([path], Directory.GetFiles(directory));
            Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path), StringComparison.Ordinal);
            Assert.Equal((byte)'<', File.ReadAllBytes(path)[0]);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void The_same_report_is_the_same_page_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        string plain = Written(SampleReports.Full());
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal(plain, Written(SampleReports.Full()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Written(TrainingReport report)
    {
        StringWriter output = new();
        HtmlReport.Write(report, output);
        return output.ToString();
    }

    private static XDocument Parse(string html)
    {
        using XmlReader reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }
}
