using Orleans.CodeGeneration;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>Calls and answers as bytes.</summary>
internal abstract partial class CallNode
{
    private const byte HasSource = 1;
    private const byte HasReentrancy = 2;
    private const byte HasEntries = 4;

    public void SendResponse(SiloAddress caller, long id, Response response)
    {
        using var writer = MessageWriter.Rent();
        WriteHead(writer, response.Exception is null ? MessageKind.Result : MessageKind.Failure, id);
        var head = writer.Length;
        try
        {
            if (response.Exception is { } exception)
                Serializer.Serialize(exception, writer);
            else
                ResultWriter.Write(Serializer, response, writer);
        }
        catch (Exception unwritable)
        {
            writer.TruncateTo(0);
            WriteHead(writer, MessageKind.Failure, id);
            Serializer.Serialize<Exception, MessageWriter>(
                unwritable is CodecNotFoundException ? unwritable : new OrleansException($"The answer could not be serialized: {unwritable.Message}"), writer);
        }

        Link.Send(Address, caller, writer.Written);
    }

    public void SendRetry(SiloAddress caller, long id) => SendBare(caller, MessageKind.Retry, id);

    public void SendCancel(SiloAddress silo, long id) => SendBare(silo, MessageKind.Cancel, id);

    public virtual void Receive(SiloAddress from, ReadOnlyMemory<byte> message)
    {
        var reader = new MessageReader(message);
        var kind = (MessageKind)reader.ReadByte();
        var id = reader.ReadLong();
        switch (kind)
        {
            case MessageKind.Result when _remote.TryRemove(id, out var call):
                call.CompleteFromFar(reader.Rest);
                break;
            case MessageKind.Failure when _remote.TryRemove(id, out var call):
                call.FailFromFar(ReadFailure(reader.Rest));
                break;
            case MessageKind.Retry when _remote.TryRemove(id, out var call):
                call.RemoteId = 0;
                call.SentTo = null;
                Route(call);
                break;
        }
    }

    /// <summary>Reads what a request's bytes begin with; the request itself follows.</summary>
    protected RequestHeader ReadHeader(ref MessageReader reader, long id)
    {
        var target = reader.ReadGrainId(Types.Names);
        var options = (InvokeMethodOptions)reader.ReadByte();
        var timeToLive = new TimeSpan(reader.ReadLong());
        var flags = reader.ReadByte();
        GrainId? source = (flags & HasSource) != 0 ? reader.ReadGrainId(Types.Names) : null;
        var reentrancy = (flags & HasReentrancy) != 0 ? new Guid(reader.ReadBytes().Span) : Guid.Empty;
        var entries = (flags & HasEntries) != 0 ? Serializer.Deserialize<Dictionary<string, object>>(reader.ReadBytes()) : null;
        return new(id, target, source, options, timeToLive, RequestContextValues.Create(reentrancy, entries));
    }

    private void SendRequest(Invocation call, SiloAddress silo)
    {
        if (call is IncomingCall incoming)
        {
            incoming.Reroute((Silo)this);
            return;
        }

        var pending = call as PendingCall;
        var id = pending is null ? 0 : Interlocked.Increment(ref _lastRemoteId);
        using var writer = MessageWriter.Rent();
        try
        {
            WriteRequest(writer, call, id);
        }
        catch (Exception unwritable)
        {
            call.Complete(Response.FromException(unwritable));
            return;
        }

        if (pending is not null)
        {
            pending.SentTo = silo;
            pending.RemoteId = id;
            _remote[id] = pending;
            if (pending.IsCompleted)
            {
                _remote.TryRemove(id, out _);
                return;
            }
        }

        if (Link.Send(Address, silo, writer.Written))
            return;
        if (pending is not null && !_remote.TryRemove(id, out _))
            return;
        Route(call);
    }

    private void WriteRequest(MessageWriter writer, Invocation call, long id)
    {
        WriteHead(writer, call is OneWayCall ? MessageKind.OneWay : MessageKind.Request, id);
        writer.WriteGrainId(call.Target);
        writer.WriteByte((byte)call.Options);
        writer.WriteLong(call is PendingCall { Deadline: not long.MaxValue } pending ? Time.GetElapsedTime(Now, pending.Deadline).Ticks : 0);
        var context = call.Context;
        var source = call.Source;
        writer.WriteByte((byte)((source is null ? 0 : HasSource)
            | (context is null || context.ReentrancyId == Guid.Empty ? 0 : HasReentrancy)
            | (context?.Entries is null ? 0 : HasEntries)));
        if (source is { } caller)
            writer.WriteGrainId(caller);
        if (context is not null && context.ReentrancyId != Guid.Empty)
            writer.WriteBytes(context.ReentrancyId.ToByteArray());
        if (context?.Entries is { } entries)
            writer.WriteBytes(Serializer.SerializeToArray(entries));
        Serializer.Serialize<object, MessageWriter>(call.Request, writer);
    }

    private void SendBare(SiloAddress to, MessageKind kind, long id)
    {
        using var writer = MessageWriter.Rent();
        WriteHead(writer, kind, id);
        Link.Send(Address, to, writer.Written);
    }

    private Exception ReadFailure(ReadOnlyMemory<byte> payload)
    {
        try
        {
            return Serializer.Deserialize<Exception>(payload);
        }
        catch (Exception unreadable)
        {
            return unreadable;
        }
    }

    private static void WriteHead(MessageWriter writer, MessageKind kind, long id)
    {
        writer.WriteByte((byte)kind);
        writer.WriteLong(id);
    }
}
