using Betar.Node.Errors;

namespace Betar.Node.Composition;

/// <summary>What a node has opened; closed again in the other order.</summary>
internal sealed class NodeParts : IAsyncDisposable
{
    private readonly Stack<object> _parts = new();

    public T Own<T>(T part) where T : class
    {
        _parts.Push(part);
        return part;
    }

    /// <summary>Keeps a part, or ends the start with the reason why it cannot be had.</summary>
    public T Own<T>(Checked<T> part) where T : class => Own(part.OrThrow());

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out object? part))
        {
            if (part is IAsyncDisposable closing)
                await closing.DisposeAsync();
            else
                ((IDisposable)part).Dispose();
        }
    }
}
