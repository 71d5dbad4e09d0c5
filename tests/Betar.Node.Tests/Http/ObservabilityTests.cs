using System.Text.RegularExpressions;
using Betar.Node.Http.Metering;

namespace Betar.Node.Tests.Http;

/// <summary>What the dashboard and the alert rules ask for is what nodes count.</summary>
public sealed partial class ObservabilityTests
{
    private static readonly string s_root = FindRoot();

    [Theory]
    [InlineData("deploy/observability/grafana-dashboard.json")]
    [InlineData("deploy/observability/prometheus-rules.yaml")]
    public void Every_metric_that_is_asked_for_is_counted(string file)
    {
        HashSet<string> counted = Counted();
        string[] asked = [.. Named().Matches(File.ReadAllText(Path.Combine(s_root, file))).Select(match => match.Value).Distinct()];

        Assert.NotEmpty(asked);
        Assert.Empty(asked.Except(counted));
    }

    [Fact]
    public void The_names_are_found_where_instruments_are_made()
    {
        HashSet<string> counted = Counted();

        Assert.Contains("betar_payments_answers_total", counted);
        Assert.Contains("betar_http_request_duration_seconds_bucket", counted);
        Assert.Contains("betar_money_atomic", counted);
        Assert.DoesNotContain("betar_nothing_total", counted);
    }

    private static HashSet<string> Counted()
    {
        HashSet<string> names = [];
        foreach (string path in Directory.EnumerateFiles(Path.Combine(s_root, "src"), "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match made in Made().Matches(File.ReadAllText(path)))
            {
                string kind = made.Groups[1].Value, name = made.Groups[2].Value;
                string metric = Metric.NameOf(name, made.Groups[3].Success ? made.Groups[3].Value : null, kind is "Counter" or "ObservableCounter");
                names.Add(metric);
                if (kind == "Histogram")
                    names.UnionWith([metric + "_bucket", metric + "_sum", metric + "_count"]);
            }
        }

        return names;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Betar.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex("betar_[a-z0-9_]+")]
    private static partial Regex Named();

    [GeneratedRegex("Create(Counter|UpDownCounter|Histogram|ObservableGauge|ObservableCounter)(?:<\\w+>)?\\(\\s*\"([a-z0-9_.]+)\"(?:,\\s*\"(s|By)\")?")]
    private static partial Regex Made();
}
