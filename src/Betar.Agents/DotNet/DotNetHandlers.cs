using System.Collections.Concurrent;

namespace Betar.Agents.DotNet;

/// <summary>Handlers that the host application does the work with, by name.</summary>
public sealed class DotNetHandlers
{
    private readonly ConcurrentDictionary<string, Func<ExecutionRequest, CancellationToken, ValueTask<ExecutionOutcome>>> _handlers = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Func<ExecutionRequest, CancellationToken, ValueTask<ExecutionOutcome>> handler)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(handler);
        if (!_handlers.TryAdd(name, handler))
            throw new ArgumentException($"There is a handler '{name}' already.", nameof(name));
    }

    internal Func<ExecutionRequest, CancellationToken, ValueTask<ExecutionOutcome>>? Find(string name) => _handlers.GetValueOrDefault(name);
}
