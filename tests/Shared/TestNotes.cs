namespace Betar.Tests.Shared;

/// <summary>Lines for whoever runs <c>./test</c>: versions of foreign programs, numbers of cases. Said of what ran, when it ran.</summary>
internal static class TestNotes
{
    public const string Variable = "BETAR_TEST_NOTES";

    private static readonly Lock Gate = new();

    public static void Add(string line)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } file)
            return;
        lock (Gate)
            File.AppendAllText(file, line + "\n");
    }
}
