using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Betar.Orleans.Embedded.Tests;

public sealed class NotebookGrain(Journal journal, [PersistentState("text", "gated")] IPersistentState<string?> note) : Grain, INotebookGrain
{
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Write($"bye {this.GetPrimaryKeyString()} {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<string?> Text() => Task.FromResult(note.State);

    public Task<string?> Etag() => Task.FromResult(note.Etag);

    public Task Write(string text)
    {
        note.State = text;
        return note.WriteStateAsync();
    }

    public async Task WriteAll(string[] texts)
    {
        var writes = new List<Task>();
        foreach (var one in texts)
            writes.Add(Write(one));
        await Task.WhenAll(writes);
    }

    public async Task WriteThenRead(string text)
    {
        note.State = text;
        var write = note.WriteStateAsync();
        var read = note.ReadStateAsync();
        await write;
        await read;
    }

    public Task Clear() => note.ClearStateAsync();

    public async Task<string> WriteAndCatch(string text)
    {
        try
        {
            await Write(text);
            return "written";
        }
        catch (InconsistentStateException)
        {
            return "inconsistent";
        }
    }

    public Task Delegate(INotebookGrain other, string text) => other.Write(text);

    public Task Scribble(string text)
    {
        note.State = text;
        return Task.CompletedTask;
    }
}
