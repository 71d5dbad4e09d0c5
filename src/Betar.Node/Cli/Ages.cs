using System.Globalization;

namespace Betar.Node.Cli;

/// <summary>How long something is ago, in the largest unit of which there is one.</summary>
internal static class Ages
{
    public static string Of(long seconds) => seconds switch
    {
        < 0 => "0 s",
        < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min"),
        < 86_400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400} d"),
    };
}
