namespace Betar.Fuzz;

/// <summary>The inputs that are kept: good ones to begin with, and whatever has once done harm. One hexadecimal file each.</summary>
internal static class Corpus
{
    public static IReadOnlyList<byte[]> Of(string target)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "corpus", target);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*.hex").Order(StringComparer.Ordinal).Select(Read)]
            : [];
    }

    public static byte[] Read(string file) => Convert.FromHexString(string.Concat(File.ReadAllText(file).Where(char.IsAsciiHexDigit)));
}
