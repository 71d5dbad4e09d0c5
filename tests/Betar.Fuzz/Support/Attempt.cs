using Betar.Libp2p;

namespace Betar.Fuzz.Support;

/// <summary>Runs what a stranger's bytes lead to. All of them are there, so nothing may wait; the declared refusal is a result, the rest is a finding.</summary>
internal static class Attempt
{
    public static (T? Value, Libp2pError? Refusal) Of<T>(Func<ValueTask<T>> attempt)
    {
        try
        {
            var running = attempt();
            FuzzException.Unless(running.IsCompleted, "it waits although everything has come");
            return (running.AsTask().GetAwaiter().GetResult(), null);
        }
        catch (Libp2pException refused)
        {
            return (default, refused.Code);
        }
    }

    public static Libp2pError? Of(Func<Task> attempt) => Of(async () =>
    {
        await attempt();
        return true;
    }).Refusal;
}
