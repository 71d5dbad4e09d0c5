using Orleans;
using Orleans.Concurrency;

namespace Betar.Orleans.Embedded.Tests;

/// <summary>Keeps a text in a state.</summary>
public interface INotebookGrain : IGrainWithStringKey
{
    Task<string?> Text();

    Task<string?> Etag();

    Task Write(string text);

    /// <summary>Changes and writes for each text without waiting, then waits for all.</summary>
    Task WriteAll(string[] texts);

    Task WriteThenRead(string text);

    Task Clear();

    Task<string> WriteAndCatch(string text);

    /// <summary>Has another grain write.</summary>
    Task Delegate(INotebookGrain other, string text);

    /// <summary>Changes the state without writing it.</summary>
    [AlwaysInterleave]
    Task Scribble(string text);
}
