namespace Betar.Agents.Tests.Support;

/// <summary>Whether processes still run.</summary>
internal static class Alive
{
    /// <summary>Returns when the process is gone, or only its entry waits for its parent.</summary>
    public static async Task UntilGoneAsync(int process)
    {
        while (Is(process))
            await Task.Yield();
    }

    public static bool Is(int process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
