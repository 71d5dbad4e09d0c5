using System.Security.Cryptography;
using Betar.Libp2p.Identity;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Records;
using Betar.Marketplace.Records;
using Betar.Marketplace.Tests.Support;
using Betar.X402;

namespace Betar.Marketplace.Tests.Records;

public sealed class SignedListingTests : IDisposable
{
    private static readonly RecordLimits s_limits = new();
    private readonly Somebody _seller = new(1);
    private readonly Somebody _other = new(2);

    public void Dispose()
    {
        _seller.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void A_record_comes_back_as_it_was_signed()
    {
        var signed = _seller.Sign(_seller.Record() with { Skills = [.. _seller.Record().Skills, new ListingSkill("b", "", "", [])] });

        Assert.True(SignedListing.TryOpen(signed.Envelope.Span, s_limits, out var opened, out var fault));
        Assert.Equal(RecordFault.None, fault);
        Assert.True(opened.Record.Offers(signed.Record));
        Assert.Equal((1UL, Somebody.Start, Somebody.Start + TimeSpan.FromDays(7)), (opened.Record.Version, opened.Record.IssuedAt, opened.Record.ExpiresAt));
        Assert.Equal(signed.Cid, opened.Cid);
        Assert.Equal(Cid.Create(CidCodec.Raw, Multihash.Sha256(signed.Envelope.Span)), opened.Cid);
    }

    [Fact]
    public void The_same_record_is_always_the_same_bytes() =>
        Assert.Equal(_seller.Sign().Envelope.ToArray(), _seller.Sign().Envelope.ToArray());

    /// <summary>One forgery for each thing that the signature binds: the seller's signature, on a record that says something else.</summary>
    [Theory]
    [MemberData(nameof(Bindings))]
    public void A_forged_record_is_refused(string binding)
    {
        var record = _seller.Record();
        var forged = Forge(record, binding);
        var honest = SignedEnvelope.Seal(_seller.Key, SignedListing.Domain, Type, RecordCodec.Encode(record)).Encode();
        var stolen = Replace(honest, RecordCodec.Encode(record), RecordCodec.Encode(forged));

        Assert.NotEqual(RecordCodec.Encode(record), RecordCodec.Encode(forged));
        Assert.False(SignedListing.TryOpen(stolen, s_limits, out _, out var fault));
        Assert.Equal(RecordFault.NotSigned, fault);
    }

    public static TheoryData<string> Bindings() => [.. s_bindings];

    private static readonly string[] s_bindings =
    [
        "id", "seller", "version", "issued", "expires", "withdrawn", "name", "description", "payee", "price", "network", "token", "address",
        "protocol", "skill", "input schema", "output schema", "bounds", "level", "token id", "refund",
    ];

    [Fact]
    public void That_the_payment_of_failed_work_is_kept_is_signed_and_stands_nowhere_else()
    {
        var record = _seller.Record();
        byte[] plain = RecordCodec.Encode(record), keeps = RecordCodec.Encode(record with { KeepsFailed = true });

        Assert.Equal([.. plain, 0x98, 0x01, 1], keeps);
        Assert.True(RecordCodec.TryDecode(plain, s_limits, out var read) && !read.KeepsFailed);
        Assert.True(RecordCodec.TryDecode(keeps, s_limits, out read) && read.KeepsFailed);
        Assert.False(RecordCodec.TryDecode([.. plain, 0x98, 0x01, 0], s_limits, out _));
        Assert.False(RecordCodec.TryDecode([.. plain, 0x98, 0x01, 2], s_limits, out _));
        Assert.False((record with { KeepsFailed = true }).Offers(record));
    }

    [Fact]
    public void What_was_checked_before_is_restored_by_its_hash_alone()
    {
        var signed = _seller.Sign();
        var forged = Break(signed);

        Assert.True(SignedListing.TryRestore(signed.Envelope.Span, signed.Cid.Hash.Digest.Span, s_limits, out var restored));
        Assert.True(restored.Record.Offers(signed.Record));
        Assert.Equal(signed.Cid, restored.Cid);
        Assert.Equal(signed.Envelope.ToArray(), restored.Envelope.ToArray());
        Assert.True(SignedListing.TryRestore(forged, SHA256.HashData(forged), s_limits, out _));
    }

    [Fact]
    public void Without_the_hash_of_these_very_bytes_nothing_is_restored()
    {
        var signed = _seller.Sign();
        var hash = signed.Cid.Hash.Digest.ToArray();

        Assert.False(SignedListing.TryRestore(signed.Envelope.Span, [], s_limits, out _));
        Assert.False(SignedListing.TryRestore(signed.Envelope.Span, hash.AsSpan(1), s_limits, out _));
        Assert.False(SignedListing.TryRestore(Break(signed), hash, s_limits, out _));
        Assert.False(SignedListing.TryRestore([], SHA256.HashData([]), s_limits, out _));
        for (var i = 0; i < signed.Envelope.Length; i++)
        {
            var rotten = signed.Envelope.ToArray();
            rotten[i] ^= 1;
            Assert.False(SignedListing.TryRestore(rotten, hash, s_limits, out _));
        }
    }

    [Fact]
    public void All_but_the_signature_is_judged_again_with_the_limits_of_now()
    {
        var signed = _seller.Sign();

        Assert.False(Restores(signed.Envelope.ToArray(), new RecordLimits { MaxBytes = 100 }));
        Assert.False(Restores(signed.Envelope.ToArray(), new RecordLimits { MaxLifetime = TimeSpan.FromDays(6) }));
        Assert.False(Restores(signed.Envelope.ToArray(), new RecordLimits { MaxDescriptionBytes = 3 }));
        Assert.False(Restores(SignedEnvelope.Seal(_other.Key, SignedListing.Domain, Type, RecordCodec.Encode(_seller.Record())).Encode(), s_limits));
        Assert.False(Restores(SignedEnvelope.Seal(_seller.Key, SignedListing.Domain, [3, 1], RecordCodec.Encode(_seller.Record())).Encode(), s_limits));
        Assert.False(Restores([.. signed.Envelope.ToArray(), 0x98, 0x06, 1], s_limits));
        Assert.False(Restores([1, 2, 3], s_limits));
    }

    [Fact]
    public void What_nobody_would_believe_is_not_signed_and_says_why()
    {
        var record = _seller.Record();

        Assert.Equal(RecordFault.OtherSigner, SealFault(record with { Seller = _other.Peer }));
        Assert.Equal(RecordFault.IdOfAnother, SealFault(record with { Name = "beta" }));
        Assert.Equal(RecordFault.BadLifetime, SealFault(record with { ExpiresAt = record.IssuedAt }));
        Assert.Equal(RecordFault.BadLifetime, SealFault(record with { ExpiresAt = record.IssuedAt + TimeSpan.FromDays(91) }));
        Assert.Equal(RecordFault.Malformed, SealFault(record with { Description = new string('x', 5_000) }));
        Assert.Equal(RecordFault.Malformed, SealFault(record with { Id = "" }));
        Assert.Equal(RecordFault.TooLong, SealFault(record with { Skills = [.. Enumerable.Range(0, 5).Select(n => new ListingSkill($"s{n}", "", "", [], new string('x', 8_000)))] }));
        Assert.Equal(RecordFault.None, SealFault(record with { ExpiresAt = record.IssuedAt + TimeSpan.FromDays(90) }));
    }

    private RecordFault SealFault(ListingRecord record)
    {
        Assert.Equal(SignedListing.TrySeal(_seller.Key, record, out var signed, out var fault), signed is not null);
        return fault;
    }

    private static bool Restores(byte[] envelope, RecordLimits limits) => SignedListing.TryRestore(envelope, SHA256.HashData(envelope), limits, out _);

    /// <summary>The same record with a signature that does not hold.</summary>
    private static byte[] Break(SignedListing signed)
    {
        var envelope = signed.Envelope.ToArray();
        envelope[^1] ^= 1;
        return envelope;
    }

    [Fact]
    public void Another_key_cannot_sign_for_a_seller()
    {
        var envelope = SignedEnvelope.Seal(_other.Key, SignedListing.Domain, Type, RecordCodec.Encode(_seller.Record())).Encode();

        Assert.Equal(RecordFault.OtherSigner, Fault(envelope));
    }

    [Fact]
    public void A_seller_cannot_take_anothers_id()
    {
        var stolen = _other.Record() with { Id = _seller.Id(), Name = "alpha" };
        var envelope = SignedEnvelope.Seal(_other.Key, SignedListing.Domain, Type, RecordCodec.Encode(stolen)).Encode();

        Assert.Equal(RecordFault.IdOfAnother, Fault(envelope));
        Assert.Throws<ArgumentException>(() => _other.Sign(stolen));
    }

    [Fact]
    public void A_signature_for_another_purpose_is_none()
    {
        var payload = RecordCodec.Encode(_seller.Record());

        Assert.Equal(RecordFault.NotSigned, Fault(SignedEnvelope.Seal(_seller.Key, "libp2p-peer-record", Type, payload).Encode()));
        Assert.Equal(RecordFault.NotSigned, Fault(SignedEnvelope.Seal(_seller.Key, SignedListing.Domain, [3, 1], payload).Encode()));
    }

    [Fact]
    public void Every_bit_of_the_envelope_counts()
    {
        var envelope = _seller.Sign().Envelope.ToArray();
        for (var i = 0; i < envelope.Length; i++)
        {
            envelope[i] ^= 1;
            Assert.NotEqual(RecordFault.None, Fault(envelope));
            envelope[i] ^= 1;
        }
    }

    [Fact]
    public void A_record_has_one_spelling()
    {
        var payload = RecordCodec.Encode(_seller.Record());

        Assert.Equal(RecordFault.None, Fault(Seal(payload)));
        Assert.Equal(RecordFault.Malformed, Fault(Seal([.. payload, 0x98, 0x06, 1])));
        Assert.Equal(RecordFault.Malformed, Fault(Seal([.. payload, 0x18, 1])));
        Assert.Equal(RecordFault.Malformed, Fault(Seal(payload[..^1])));
        Assert.Equal(RecordFault.Malformed, Fault([.. Seal(payload), 0x98, 0x06, 1]));
    }

    [Fact]
    public void A_lifetime_begins_ends_and_is_not_for_ever()
    {
        var record = _seller.Record();

        Assert.Equal(RecordFault.BadLifetime, Fault(Seal(RecordCodec.Encode(record with { ExpiresAt = record.IssuedAt }))));
        Assert.Equal(RecordFault.BadLifetime, Fault(Seal(RecordCodec.Encode(record with { ExpiresAt = record.IssuedAt + TimeSpan.FromDays(91) }))));
        Assert.Equal(RecordFault.None, Fault(Seal(RecordCodec.Encode(record with { ExpiresAt = record.IssuedAt + TimeSpan.FromDays(90) }))));
    }

    [Fact]
    public void Clocks_may_differ_by_so_much()
    {
        var signed = _seller.Sign();

        Assert.Equal(RecordFault.None, signed.At(Somebody.Start - TimeSpan.FromMinutes(10), s_limits));
        Assert.Equal(RecordFault.FromTheFuture, signed.At(Somebody.Start - TimeSpan.FromMinutes(11), s_limits));
        Assert.Equal(RecordFault.Expired, signed.At(Somebody.Start + TimeSpan.FromDays(7), s_limits));
    }

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void Each_part_is_bounded(string what)
    {
        var record = _seller.Record();
        var big = what switch
        {
            "bytes" => record with { Skills = [.. Enumerable.Range(0, 30).Select(n => new ListingSkill($"{n}", "", new string('x', 2000), []))] },
            "name" => record with { Network = new string('x', 513) },
            "description" => record with { Description = new string('x', 4097) },
            "schema" => record with { Skills = [new ListingSkill("a", "", "", [], new string('x', 8193))] },
            "addresses" => record with { Addresses = [.. Enumerable.Repeat("/a", 33)] },
            "protocols" => record with { Protocols = [.. Enumerable.Repeat("/a", 33)] },
            "skills" => record with { Skills = [.. Enumerable.Repeat(new ListingSkill("a", "", "", []), 33)] },
            "tags" => record with { Skills = [new ListingSkill("a", "", "", [.. Enumerable.Repeat("t", 33)])] },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        Assert.Equal(what == "bytes" ? RecordFault.TooLong : RecordFault.Malformed, Fault(Seal(RecordCodec.Encode(big))));
    }

    public static TheoryData<string> TooMuch() => ["bytes", "name", "description", "schema", "addresses", "protocols", "skills", "tags"];

    [Fact]
    public void Two_versions_of_one_offer_are_told_from_two_offers()
    {
        var record = _seller.Record();

        Assert.True(record.Offers(record with { Version = 2, IssuedAt = Somebody.Start.AddDays(1), ExpiresAt = Somebody.Start.AddDays(8) }));
        Assert.All(s_bindings.Except(["version", "issued", "expires"]), binding => Assert.False(record.Offers(Forge(record, binding)), binding));
    }

    private static ReadOnlySpan<byte> Type => "/betar-orleans/listing-record/1"u8;

    private byte[] Seal(byte[] payload) => SignedEnvelope.Seal(_seller.Key, SignedListing.Domain, Type, payload).Encode();

    private static RecordFault Fault(byte[] envelope)
    {
        SignedListing.TryOpen(envelope, s_limits, out _, out var fault);
        return fault;
    }

    private ListingRecord Forge(ListingRecord record, string binding) => binding switch
    {
        "id" => record with { Id = _other.Id() },
        "seller" => record with { Seller = _other.Peer },
        "version" => record with { Version = 2 },
        "issued" => record with { IssuedAt = record.IssuedAt.AddSeconds(1) },
        "expires" => record with { ExpiresAt = record.ExpiresAt.AddDays(1) },
        "withdrawn" => record with { Withdrawn = true },
        "name" => record with { Name = "alphA" },
        "description" => record with { Description = "Obeys." },
        "payee" => record with { Payee = "0x036CbD53842c5426634e7929541eC2318f3dCF7e" },
        "price" => record with { Price = 1001 },
        "network" => record with { Network = "eip155:8453" },
        "token" => record with { Token = record.Payee },
        "address" => record with { Addresses = ["/ip4/6.6.6.6/tcp/4001"] },
        "protocol" => record with { Protocols = [] },
        "skill" => record with { Skills = [record.Skills[0] with { Tags = ["math"] }] },
        "input schema" => record with { Skills = [record.Skills[0] with { InputSchema = "{}" }] },
        "output schema" => record with { Skills = [record.Skills[0] with { OutputSchema = "{}" }] },
        "bounds" => record with { Bounds = record.Bounds with { MaxSeconds = 31 } },
        "level" => record with { Level = record.Level with { Availability = 1 } },
        "token id" => record with { TokenId = "8" },
        "refund" => record with { KeepsFailed = true },
        _ => throw new ArgumentOutOfRangeException(nameof(binding)),
    };

    /// <summary>Puts another payload into an envelope and leaves its signature; lengths are written anew.</summary>
    private byte[] Replace(byte[] envelope, byte[] payload, byte[] with)
    {
        Assert.True(SignedEnvelope.TryOpen(envelope, SignedListing.Domain, Type, out var opened));
        var at = envelope.AsSpan().IndexOf(payload);
        var signature = envelope.AsSpan(at + payload.Length).ToArray();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var writer = new Betar.Libp2p.Protobuf.ProtoWriter(output);
        writer.WriteBytes(1, opened.Key.Encoded.Span);
        writer.WriteBytes(2, Type);
        writer.WriteBytes(3, with);
        return [.. output.WrittenSpan, .. signature];
    }
}
