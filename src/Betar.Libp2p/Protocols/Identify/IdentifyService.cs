using Betar.Libp2p.Connections;
using Betar.Libp2p.Diagnostics;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Peers;
using Betar.Libp2p.Records;
using Betar.Libp2p.Scheduling;

namespace Betar.Libp2p.Protocols.Identify;

/// <summary>Says who we are and asks peers who they are.</summary>
internal sealed class IdentifyService(
    IdentityKey identity, IdentifyOptions options, MessageLimitOptions limits, PeerBook book, LimitMeter meter, Func<IReadOnlyList<Multiaddr>> addresses,
    Func<IReadOnlyList<string>> protocols, TimeProvider time)
{
    public const string Id = "/ipfs/id/1.0.0";
    public const string PushId = "/ipfs/id/push/1.0.0";
    public const string PartsLimit = "identify.parts";
    public const string TimeLimit = "identify.timeout";

    private readonly Lock _lock = new();
    private IReadOnlyList<Multiaddr> _recordAddresses = [];
    private byte[] _record = [];
    private ulong _sequence;

    /// <summary>A peer told us, asked or not; the flag says that its protocols are not those that we knew.</summary>
    public event Action<ConnectionInfo, IdentifiedPeer, bool>? Identified;

    public ProtocolOptions ProtocolOptions => new() { InboundPerPeer = options.InboundPerPeer };

    /// <summary>Answers "who are you?".</summary>
    public async Task AnswerAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options.Timeout, time, cancellationToken);
        await SendAsync(stream, Describe(stream.Connection.Remote), deadline.Token);
    }

    /// <summary>Takes what a peer tells unasked.</summary>
    public async Task TakePushAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options.Timeout, time, cancellationToken);
        var message = await ReadAsync(stream, deadline.Token);
        await TakeAsync(stream.Connection, message, cancellationToken);
    }

    /// <summary>Asks over a stream that was opened for it.</summary>
    public async Task<IdentifiedPeer> AskAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options.Timeout, time, cancellationToken);
        try
        {
            await stream.CloseWriteAsync(deadline.Token);
            var message = await ReadAsync(stream, deadline.Token);
            return await TakeAsync(stream.Connection, message, cancellationToken);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            stream.Reset();
            throw Libp2pException.Late(TimeLimit, "The peer did not say in time who it is.");
        }
    }

    /// <summary>Tells over a stream that was opened for it.</summary>
    public async Task PushAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(options.Timeout, time, cancellationToken);
        try
        {
            await SendAsync(stream, Describe(stream.Connection.Remote), deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            stream.Reset();
            throw Libp2pException.Late(TimeLimit, "The peer did not take in time what it was told.");
        }
    }

    internal IdentifyMessage Describe(Multiaddr observed)
    {
        var listening = addresses();
        return new IdentifyMessage
        {
            PublicKey = identity.PublicKey.Encoded,
            ListenAddresses = listening,
            Protocols = protocols(),
            ObservedAddress = observed.WithoutPeer(),
            ProtocolVersion = options.ProtocolVersion,
            AgentVersion = options.AgentVersion,
            SignedPeerRecord = RecordOf(listening),
        };
    }

    private static async Task SendAsync(Libp2pStream stream, IdentifyMessage message, CancellationToken cancellationToken)
    {
        foreach (var part in IdentifyWriter.Write(message))
            await LengthPrefixed.WriteAsync(stream, part, cancellationToken);
        await stream.CloseWriteAsync(cancellationToken);
    }

    private async Task<IdentifyMessage> ReadAsync(Libp2pStream stream, CancellationToken cancellationToken)
    {
        var reader = new IdentifyReader(limits);
        for (var parts = 0; await LengthPrefixed.ReadAsync(stream, limits.IdentifyPartBytes, cancellationToken) is { } part;)
        {
            if (++parts > limits.IdentifyParts)
                throw Libp2pException.Exceeded(PartsLimit, "An identify message has too many parts.");
            if (!reader.TryAdd(part))
            {
                throw reader.Limit is { } limit
                    ? Libp2pException.Exceeded(limit, "An identify message breaks a limit.")
                    : new Libp2pException(Libp2pError.Malformed, "An identify message cannot be read.");
            }
        }

        if (reader.AddressesCut)
            meter.Hit(PeerBook.AddressesLimit);
        if (reader.AddressTooLong)
            meter.Hit(IdentifyReader.AddressLimit);
        return reader.Message;
    }

    private async Task<IdentifiedPeer> TakeAsync(ConnectionInfo connection, IdentifyMessage message, CancellationToken cancellationToken)
    {
        // The handshake has proven who it is; a message about somebody else is a mistake or a trick.
        if (!message.PublicKey.IsEmpty && (!PublicKey.TryDecode(message.PublicKey.Span, out var key) || key.ToPeerId() != connection.Peer))
            throw new Libp2pException(Libp2pError.WrongPeer, "An identify message holds somebody else's key.");
        var record = message.SignedPeerRecord.IsEmpty ? null : OpenRecord(connection.Peer, message.SignedPeerRecord.Span);
        // A peer of the internet has no business to send us into our own network, nor one of our network to this machine's own services.
        var speaker = AddressReaches.Of(connection.Remote);
        var before = await book.FindAsync(connection.Peer, cancellationToken);
        var info = await book.ApplyAsync(connection.Peer, message, record, address => AddressReaches.MayName(speaker, AddressReaches.Of(address)), cancellationToken);
        // Some peers put our own id behind it.
        var identified = new IdentifiedPeer(info, message.ObservedAddress?.WithoutPeer(), record is not null);
        Identified?.Invoke(connection, identified, !before.Protocols.SequenceEqual(info.Protocols));
        return identified;
    }

    private PeerRecord? OpenRecord(PeerId peer, ReadOnlySpan<byte> envelope)
    {
        if (!PeerRecord.TryOpen(envelope, limits.AddressesPerPeer, out var record, out var listed) || record.Peer != peer)
        {
            Libp2pInstruments.RecordRefused();
            return null;
        }

        if (listed > limits.AddressesPerPeer)
            meter.Hit(PeerBook.AddressesLimit);
        return record;
    }

    private byte[] RecordOf(IReadOnlyList<Multiaddr> listening)
    {
        lock (_lock)
        {
            if (_record.Length > 0 && listening.SequenceEqual(_recordAddresses))
                return _record;
            // Time grows over restarts, and by one when it has not moved.
            _sequence = Math.Max(_sequence + 1, (ulong)time.GetUtcNow().ToUnixTimeMilliseconds());
            _recordAddresses = listening;
            _record = new PeerRecord(identity.PeerId, _sequence, listening).Seal(identity).Encode();
            return _record;
        }
    }
}
