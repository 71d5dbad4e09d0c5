using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.PubSub.Routing;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.PubSub;

/// <summary>The tables of docs/pubsub.md are the program's: every number with its default, every name under which a hit is counted.</summary>
public sealed partial class GossipDocumentTests
{
    private static readonly Dictionary<string, (string Default, string Counted)> Table = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "pubsub.md"))
        .Select(line => Row().Match(line)).Where(match => match.Success).ToDictionary(match => match.Groups[1].Value, match => (match.Groups[2].Value, match.Groups[3].Value));

    private static readonly Dictionary<string, object> Options = Flatten(new GossipOptions(), string.Empty).Concat(Flatten(new TopicOptions(), "Topic.")).ToDictionary();

    private static readonly HashSet<string> Caps = [.. typeof(GossipCap).GetFields().Select(field => (string)field.GetRawConstantValue()!)];

    [Fact]
    public void Every_number_stands_in_the_tables_with_its_default()
    {
        Assert.Empty(Options.Keys.Except(Table.Keys));
        Assert.Empty(Table.Keys.Except(Options.Keys));
        Assert.Equal(Table.Select(row => (row.Key, row.Value.Default)), Table.Select(row => (row.Key, Describe(row.Key, Options[row.Key]))));
    }

    [Fact]
    public void Every_limit_stands_in_the_tables_and_is_hit_by_a_test()
    {
        Assert.True(Caps.SetEquals(Table.Values.Select(row => row.Counted).Where(name => name.Length > 0)));
        var hit = typeof(GossipDocumentTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttribute<HitsAttribute>()?.Limits ?? []).ToHashSet();
        Assert.Empty(Caps.Except(hit));
    }

    private static IEnumerable<KeyValuePair<string, object>> Flatten(object group, string path)
    {
        foreach (var property in group.GetType().GetProperties())
        {
            var value = property.GetValue(group);
            if (value is int or long or double or TimeSpan)
                yield return new(path + property.Name, value);
            else if (value is not null && value.GetType().Name.EndsWith("Options", StringComparison.Ordinal))
                foreach (var inner in Flatten(value, path + property.Name + "."))
                    yield return inner;
        }
    }

    private static string Describe(string option, object value) => value switch
    {
        TimeSpan time when time.Ticks % TimeSpan.TicksPerHour == 0 => Write(time.TotalHours, "h"),
        TimeSpan time when time.Ticks % TimeSpan.TicksPerMinute == 0 => Write(time.TotalMinutes, "min"),
        TimeSpan time when time.Ticks % TimeSpan.TicksPerSecond == 0 => Write(time.TotalSeconds, "s"),
        TimeSpan time => Write(time.TotalMilliseconds, "ms"),
        double number => number.ToString("#,0.###", CultureInfo.InvariantCulture),
        _ => Describe(option, Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

    private static string Describe(string option, long number) => !option.EndsWith("Bytes", StringComparison.Ordinal) ? number.ToString("N0", CultureInfo.InvariantCulture)
        : number % (1 << 20) == 0 ? Write(number >> 20, "MiB") : number % (1 << 10) == 0 ? Write(number >> 10, "KiB") : Write(number, "bytes");

    private static string Write(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {unit}");

    [GeneratedRegex(@"^\| `((?:Mesh|Limits|Score|Topic|SequencesAbove)[\w.]*)` \| [^|]+ \| ([^|]+?) \| `?([a-z_.]*)`? \|$")]
    private static partial Regex Row();
}
