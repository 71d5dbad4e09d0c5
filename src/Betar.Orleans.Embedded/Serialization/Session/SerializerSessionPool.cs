using System.Collections.Concurrent;
using Orleans.Serialization.Serializers;

namespace Orleans.Serialization.Session;

/// <summary>Keeps sessions for reuse.</summary>
public sealed class SerializerSessionPool : IDisposable
{
    private const int MaxSpare = 64;
    private readonly ConcurrentQueue<SerializerSession> _spare = new();
    private readonly Action<SerializerSession> _return;

    internal SerializerSessionPool(CodecProvider codecProvider)
    {
        CodecProvider = codecProvider;
        _return = session =>
        {
            if (_spare.Count < MaxSpare)
                _spare.Enqueue(session);
        };
    }

    public CodecProvider CodecProvider { get; }

    public SerializerSession GetSession() => _spare.TryDequeue(out var session) ? session : new(CodecProvider, _return);

    public void Dispose() => _spare.Clear();
}
