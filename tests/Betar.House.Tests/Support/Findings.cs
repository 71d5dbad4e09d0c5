namespace Betar.House.Tests.Support;

internal static class Findings
{
    /// <summary>Asserts that nothing was found, and otherwise shows all of it.</summary>
    public static void None(IEnumerable<string> findings)
    {
        var list = findings.ToList();
        Assert.True(list.Count == 0, $"{list.Count} found:\n{string.Join('\n', list)}");
    }
}
