using System.Collections.Concurrent;

namespace Betar.Semantics.Tests.Support;

/// <summary>
/// What a test and its grains tell each other, all in one process: notes in the order in which they were made, and
/// gates that hold a grain until the test opens them. No test waits for a time; it waits for a note.
/// </summary>
public sealed class Scene
{
    static readonly ConcurrentDictionary<string, Scene> Scenes = new();

    readonly Lock _lock = new();
    readonly List<string> _notes = [];
    readonly List<(Func<List<string>, bool> Holds, TaskCompletionSource Done)> _waiters = [];
    readonly Dictionary<string, TaskCompletionSource> _gates = [];

    /// <summary>How long a test waits for what must come; reached only when it does not come.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(25);

    /// <summary>The scene of a grain key: everything up to the first slash names it.</summary>
    public static Scene Of(string key) => Scenes.GetOrAdd(key.Split('/')[0], _ => new Scene());

    /// <summary>An object that a grain was given, to be compared by identity.</summary>
    public object? Kept { get; set; }

    /// <summary>The reminder ticks that came.</summary>
    public ConcurrentQueue<TickStatus> Ticks { get; } = new();

    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_lock)
            {
                return [.. _notes];
            }
        }
    }

    public void Note(string note)
    {
        List<TaskCompletionSource> done = [];
        lock (_lock)
        {
            _notes.Add(note);
            _waiters.RemoveAll(waiter =>
            {
                var holds = waiter.Holds(_notes);
                if (holds)
                {
                    done.Add(waiter.Done);
                }

                return holds;
            });
        }

        done.ForEach(source => source.TrySetResult());
    }

    public int Count(string note) => Notes.Count(seen => seen == note);

    public Task Seen(string note, int times = 1) => Until(notes => notes.Count(seen => seen == note) >= times, $"{times} × '{note}'");

    public async Task Until(Func<List<string>, bool> holds, string wanted)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (holds(_notes))
            {
                return;
            }

            _waiters.Add((holds, done));
        }

        try
        {
            await done.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"waited in vain for {wanted}; the notes are: {string.Join(" | ", Notes)}");
        }
    }

    /// <summary>Completes when the gate is open; a gate stays open.</summary>
    public Task Gate(string name) => GateOf(name).Task;

    public void Open(string name) => GateOf(name).TrySetResult();

    TaskCompletionSource GateOf(string name)
    {
        lock (_lock)
        {
            if (!_gates.TryGetValue(name, out var gate))
            {
                _gates[name] = gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return gate;
        }
    }
}
