using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Records;
using Betar.Marketplace.Listings;

namespace Betar.Marketplace.Records;

/// <summary>A record whose signature holds, with the bytes that anybody can check again.</summary>
public sealed class SignedListing
{
    /// <summary>What the signature is for; no other signature of the same key can be taken for one.</summary>
    public const string Domain = "betar-listing-record";

    private SignedListing(ListingRecord record, byte[] envelope)
    {
        Record = record;
        Envelope = envelope;
    }

    public ListingRecord Record { get; }

    /// <summary>The bytes of the block.</summary>
    public ReadOnlyMemory<byte> Envelope { get; }

    /// <summary>The block's name: what the listing says in its metadata. Made anew each time: it is asked for seldom, and would be a quarter of an idle listing.</summary>
    public Cid Cid => Cid.Create(CidCodec.Raw, Multihash.Sha256(Envelope.Span));

    private static ReadOnlySpan<byte> PayloadType => "/betar-orleans/listing-record/1"u8;

    /// <summary>Signs what others will believe; a record that they would not is not signed.</summary>
    public static bool TrySeal(IdentityKey key, ListingRecord record, [NotNullWhen(true)] out SignedListing? listing, out RecordFault fault)
    {
        listing = null;
        var payload = RecordCodec.Encode(record);
        var envelope = SignedEnvelope.Seal(key, Domain, PayloadType, payload).Encode();
        var limits = RecordLimits.Default;
        fault = envelope.Length > limits.MaxBytes ? RecordFault.TooLong
            : RecordCodec.TryDecode(payload, limits, out _) ? Judge(record, key.PeerId, limits)
            : RecordFault.Malformed;
        if (fault == RecordFault.None)
            listing = new SignedListing(record, envelope);
        return listing is not null;
    }

    /// <exception cref="ArgumentException">The record names another seller than the key's, an id that is not this seller's, or is too long.</exception>
    public static SignedListing Seal(IdentityKey key, ListingRecord record) => TrySeal(key, record, out var listing, out var fault)
        ? listing
        : throw new ArgumentException($"Nobody would believe this record: {fault}.", nameof(record));

    /// <summary>Everything that can be said of the bytes alone. Whether the record is the newest and still holds is another question.</summary>
    public static bool TryOpen(
        ReadOnlySpan<byte> envelope, RecordLimits limits, [NotNullWhen(true)] out SignedListing? listing, out RecordFault fault)
    {
        listing = null;
        fault = Judge(envelope, limits, out var record);
        if (fault != RecordFault.None)
            return false;
        listing = new SignedListing(record!, envelope.ToArray());
        return true;
    }

    /// <summary>
    /// The same for bytes that this node has checked before and kept with their hash: what has the hash still is what was checked. The signature and whose
    /// the id is stay what they were, and are most of the work; the rest is judged again, since limits may be others now.
    /// </summary>
    public static bool TryRestore(
        ReadOnlySpan<byte> envelope, ReadOnlySpan<byte> checkedHash, RecordLimits limits, [NotNullWhen(true)] out SignedListing? listing)
    {
        listing = null;
        if (envelope.Length > limits.MaxBytes || !SHA256.HashData(envelope).AsSpan().SequenceEqual(checkedHash)
            || !SignedEnvelope.TryReadUnchecked(envelope, PayloadType, out var read) || Read(envelope, read, limits, out var record) != RecordFault.None
            || JudgeTerms(record!, read.Key.ToPeerId(), limits) != RecordFault.None)
        {
            return false;
        }

        listing = new SignedListing(record!, envelope.ToArray());
        return true;
    }

    /// <summary>The listing that carries this record through the network.</summary>
    public Listing ToListing() => Record.ToListing(Cid.ToString());

    /// <summary>What can be said of the record at a moment.</summary>
    public RecordFault At(DateTimeOffset now, RecordLimits limits) =>
        Record.IssuedAt > now + limits.MaxSkew ? RecordFault.FromTheFuture
        : Record.ExpiresAt <= now ? RecordFault.Expired
        : RecordFault.None;

    private static RecordFault Judge(ReadOnlySpan<byte> envelope, RecordLimits limits, out ListingRecord? record)
    {
        record = null;
        if (envelope.Length > limits.MaxBytes)
            return RecordFault.TooLong;
        return SignedEnvelope.TryOpen(envelope, Domain, PayloadType, out var opened) ? Judge(envelope, opened, limits, out record) : RecordFault.NotSigned;
    }

    private static RecordFault Judge(ReadOnlySpan<byte> envelope, SignedEnvelope opened, RecordLimits limits, out ListingRecord? record) =>
        Read(envelope, opened, limits, out record) is not RecordFault.None and var fault ? fault : Judge(record!, opened.Key.ToPeerId(), limits);

    /// <summary>One record, one signature, one block: no second spelling around it either.</summary>
    private static RecordFault Read(ReadOnlySpan<byte> envelope, SignedEnvelope opened, RecordLimits limits, out ListingRecord? record)
    {
        record = null;
        return envelope.SequenceEqual(opened.Encode()) && RecordCodec.TryDecode(opened.Payload.Span, limits, out record) ? RecordFault.None : RecordFault.Malformed;
    }

    private static RecordFault Judge(ListingRecord record, PeerId signer, RecordLimits limits)
    {
        if (record.Seller == signer && !ListingId.BelongsTo(record.Id, record.Name, record.Seller))
            return RecordFault.IdOfAnother;
        return JudgeTerms(record, signer, limits);
    }

    private static RecordFault JudgeTerms(ListingRecord record, PeerId signer, RecordLimits limits)
    {
        if (record.Seller != signer)
            return RecordFault.OtherSigner;
        return record.ExpiresAt <= record.IssuedAt || record.ExpiresAt - record.IssuedAt > limits.MaxLifetime
            ? RecordFault.BadLifetime
            : RecordFault.None;
    }
}
