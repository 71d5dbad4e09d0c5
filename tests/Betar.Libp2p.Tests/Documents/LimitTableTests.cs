using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Documents;

/// <summary>The table of limits in docs/libp2p.md is the program's: every option with its default, every name under which a hit is counted.</summary>
public sealed partial class LimitTableTests
{
    private static readonly string[] Text = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "libp2p.md"));

    private static readonly IReadOnlyDictionary<string, object> Options = Flatten(new Libp2pOptions(), string.Empty).ToDictionary();

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (option, row) in Table)
                rows.Add(option, row.Default);
            return rows;
        }
    }

    private static IReadOnlyDictionary<string, (string Default, IReadOnlyList<string> Counted)> Table => Text
        .Select(line => Row().Match(line)).Where(match => match.Success)
        .ToDictionary(
            match => match.Groups["option"].Value,
            match => (match.Groups["default"].Value, (IReadOnlyList<string>)[.. Name().Matches(match.Groups["counted"].Value).Select(name => name.Groups[1].Value)]));

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_option_has_the_default_that_the_table_says(string option, string value)
    {
        Assert.True(Options.ContainsKey(option), $"There is no option {option}.");
        Assert.Equal(value, Describe(option, Options[option]));
    }

    [Fact]
    public void Every_option_stands_in_the_table() => Assert.Empty(Options.Keys.Except(Table.Keys));

    [Fact]
    public void Every_name_of_the_table_is_one_of_the_program_and_the_other_way_round()
    {
        var documented = Table.Values.SelectMany(row => row.Counted).Concat(FixedNames()).ToHashSet();
        Assert.Empty(documented.Except(Names()));
        Assert.Empty(Names().Except(documented));
    }

    [Fact]
    public void Every_limit_is_hit_by_a_test()
    {
        var hit = typeof(LimitTableTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttribute<HitsAttribute>()?.Limits ?? []).ToHashSet();
        Assert.Empty(Names().Except(hit));
        Assert.Empty(hit.Where(name => !name.StartsWith("pubsub.", StringComparison.Ordinal)).Except(Names()));
    }

    /// <summary>Constants of the library that end with "Limit", and what each kind of scope counts.</summary>
    private static HashSet<string> Names()
    {
        var constants = typeof(Libp2pOptions).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string) && field.Name.EndsWith("Limit", StringComparison.Ordinal))
            .Select(field => (string)field.GetRawConstantValue()!);
        var scopes = Options.Keys.Where(option => option.StartsWith("Resources.", StringComparison.Ordinal)).Select(option => option.Split('.'))
            .Select(parts => $"{Snake(parts[1])}.{Snake(parts[2])}");
        string[] ofOneAddressOrProtocol =
        [
            "address.inbound_connections", "address_half_open.inbound_connections", "loopback.inbound_connections", "loopback_half_open.inbound_connections",
            "protocol_peer.inbound_streams",
        ];
        return [.. constants, .. scopes, .. ofOneAddressOrProtocol];
    }

    private static IEnumerable<string> FixedNames() =>
        Text.SkipWhile(line => !line.StartsWith("Fixed,", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0).SelectMany(line => Name().Matches(line)).Select(name => name.Groups[1].Value);

    private static string Snake(string name) => Capital().Replace(name, "_$0").TrimStart('_').ToLowerInvariant();

    private static IEnumerable<KeyValuePair<string, object>> Flatten(object group, string path)
    {
        foreach (var property in group.GetType().GetProperties())
        {
            var value = property.GetValue(group)!;
            if (value is string or bool or IEnumerable or int.MaxValue or long.MaxValue)
                continue;
            if (value is int or long or TimeSpan)
            {
                yield return new(path + property.Name, value);
                continue;
            }

            foreach (var inner in Flatten(value, path + property.Name + "."))
                yield return inner;
        }
    }

    private static string Describe(string option, object value)
    {
        if (value is TimeSpan time)
        {
            return time.Ticks % TimeSpan.TicksPerHour == 0 ? Write(time.TotalHours, "h")
                : time.Ticks % TimeSpan.TicksPerMinute == 0 ? Write(time.TotalMinutes, "min")
                : time.Ticks % TimeSpan.TicksPerSecond == 0 ? Write(time.TotalSeconds, "s")
                : Write(time.TotalMilliseconds, "ms");
        }

        var number = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        if (!option.EndsWith("Bytes", StringComparison.Ordinal) && !option.EndsWith(nameof(ScopeLimitOptions.Memory), StringComparison.Ordinal))
            return number.ToString("N0", CultureInfo.InvariantCulture);
        return number % (1L << 30) == 0 ? Write(number >> 30, "GiB")
            : number % (1L << 20) == 0 ? Write(number >> 20, "MiB")
            : number % (1L << 10) == 0 ? Write(number >> 10, "KiB")
            : Write(number, "bytes");
    }

    private static string Write(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {unit}");

    [GeneratedRegex(@"^\| `(?<option>[A-Z]\w*(\.\w+)*)` \| [^|]+ \| (?<default>[^|]+?) \| (?<counted>[^|]*) \|$")]
    private static partial Regex Row();

    [GeneratedRegex(@"`([a-z_]+\.[a-z_]+)`")]
    private static partial Regex Name();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
