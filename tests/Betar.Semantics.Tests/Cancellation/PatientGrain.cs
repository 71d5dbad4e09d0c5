namespace Betar.Semantics.Tests.Cancellation;

public sealed class PatientGrain : SceneGrain, IPatientGrain
{
    public async Task<string> Heed(string name, CancellationToken cancellationToken)
    {
        Scene.Note($"{name} begins");
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (cancellationToken.Register(ended.SetResult))
        {
            await ended.Task;
        }

        Scene.Note($"{name} heard it");
        cancellationToken.ThrowIfCancellationRequested();
        return "not cancelled";
    }

    public async Task Ignore(string name, CancellationToken cancellationToken)
    {
        Scene.Note($"{name} begins");
        await Scene.Gate(name);
        Scene.Note($"{name} ends");
    }

    public Task<string> Enter(string name, CancellationToken cancellationToken = default)
    {
        Scene.Note($"{name} entered");
        return Task.FromResult(name);
    }

    public Task<string> Forward(IPatientGrain other, string name, CancellationToken cancellationToken) => other.Heed(name, cancellationToken);

    public async Task<string> CancelTheCallTo(IPatientGrain other, string name)
    {
        using var source = new CancellationTokenSource();
        var call = other.Heed(name, source.Token);
        await Scene.Seen($"{name} begins");
        await source.CancelAsync();
        try
        {
            return await call;
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }

    public Task<bool> CanBeCancelled(CancellationToken cancellationToken) => Task.FromResult(cancellationToken.CanBeCanceled);
}
