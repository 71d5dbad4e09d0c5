using Betar.Orleans.Testing;
using Orleans.Runtime;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>A directory that is asked in one step and answers in a later one: what it says may be out of date.</summary>
internal sealed class SlowDirectory(Simulation simulation, ISiloDirectory directory) : ISiloDirectory
{
    public ValueTask<GrainAddress?> LookupAsync(GrainId grain) => new(AnswerLater(AnswerLater(directory.LookupAsync(grain).AsTask())));

    public ValueTask<GrainAddress?> RegisterAsync(GrainAddress address) =>
        new(AskLater(() => AnswerLater(directory.RegisterAsync(address).AsTask())));

    public ValueTask UnregisterAsync(GrainAddress address) => new(AskLater(async () =>
    {
        await directory.UnregisterAsync(address);
        return true;
    }));

    private Task<T> AskLater<T>(Func<Task<T>> ask)
    {
        var asked = new TaskCompletionSource<Task<T>>();
        simulation.Later(() => asked.SetResult(ask()));
        return asked.Task.Unwrap();
    }

    private Task<T> AnswerLater<T>(Task<T> answer) => AskLater(() => answer);
}
