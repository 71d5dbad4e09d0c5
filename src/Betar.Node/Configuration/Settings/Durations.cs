using System.Globalization;
using System.Text.RegularExpressions;

namespace Betar.Node.Configuration.Settings;

/// <summary>Times as the original writes them: 30s, 5m, 1h30m, 500ms.</summary>
internal static partial class Durations
{
    public static bool TryParse(string text, out TimeSpan time)
    {
        time = TimeSpan.Zero;
        var match = Shape().Match(text);
        if (!match.Success || text.Length == 0)
            return false;
        time = TimeSpan.FromMilliseconds((((Part("h") * 60) + Part("m")) * 60_000L) + (Part("s") * 1000L) + Part("ms"));
        return true;

        long Part(string unit) => match.Groups[unit] is { Success: true, Value: var digits } ? long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex("^((?<h>[0-9]{1,6})h)?((?<m>[0-9]{1,6})m)?((?<s>[0-9]{1,6})s)?((?<ms>[0-9]{1,6})ms)?$")]
    private static partial Regex Shape();
}
