using System.Text;

namespace Betar.Node.Tests.Support;

/// <summary>What is printed is what a file of the repository says, to the byte. What was printed instead lies beside it, in the tests' output.</summary>
internal static class GoldenFile
{
    /// <param name="name">Below the tests' folder, without ".txt".</param>
    /// <param name="printed">What there is.</param>
    public static void AssertIs(string name, string printed)
    {
        string golden = Path.Combine(AppContext.BaseDirectory, name + ".txt"), found = Path.ChangeExtension(golden, ".found");
        string said = File.Exists(golden) ? File.ReadAllText(golden, Encoding.UTF8) : "";
        if (said == printed)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(found)!);
        File.WriteAllText(found, printed);
        Assert.Fail($"{name}.txt says something else than was printed, which is in {found}:\n{printed}");
    }
}
