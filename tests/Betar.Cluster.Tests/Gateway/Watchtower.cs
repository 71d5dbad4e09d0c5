namespace Betar.Cluster.Tests.Gateway;

/// <summary>Sees every host of the fleet open and fall silent, and whoever opens while another one speaks.</summary>
internal sealed class Watchtower(TimeProvider world)
{
    private readonly HashSet<FakePresence> _speaking = [];
    private TaskCompletionSource _changed = new();

    public List<string> Faults { get; } = [];

    public List<(DateTimeOffset At, FakePresence Host, long Epoch)> Openings { get; } = [];

    public FakePresence? Speaking => _speaking.SingleOrDefault();

    public DateTimeOffset SilentSince { get; private set; } = world.GetUtcNow();

    public void Enter(FakePresence host, long epoch)
    {
        if (_speaking.Count > 0)
            Faults.Add($"{world.GetUtcNow():O}: {host} opened for term {epoch} while {string.Join(", ", _speaking)} spoke");
        if (Openings.Count > 0 && Openings[^1].Epoch >= epoch)
            Faults.Add($"{world.GetUtcNow():O}: term {epoch} came after term {Openings[^1].Epoch}");
        _speaking.Add(host);
        Openings.Add((world.GetUtcNow(), host, epoch));
        Change();
    }

    public void Leave(FakePresence host)
    {
        if (!_speaking.Remove(host))
            return;
        SilentSince = world.GetUtcNow();
        Change();
    }

    /// <summary>Completes as soon as it is so.</summary>
    public async Task UntilAsync(Func<bool> so, TimeSpan within)
    {
        Task limit = Task.Delay(within, world);
        while (!so())
        {
            Task changed = _changed.Task;
            Assert.True(await Task.WhenAny(changed, limit) == changed, $"It did not come to that within {within}.");
        }
    }

    private void Change()
    {
        TaskCompletionSource changed = _changed;
        _changed = new TaskCompletionSource();
        changed.SetResult();
    }
}
