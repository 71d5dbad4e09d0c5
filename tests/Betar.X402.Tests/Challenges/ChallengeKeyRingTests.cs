using Betar.Ethereum;
using Betar.Tests.Shared;
using Betar.X402.Challenges;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Challenges;

public class ChallengeKeyRingTests
{
    private readonly ManualTime _time = new();
    private readonly ChallengeOptions _options = new();

    [Fact]
    public void A_new_ring_has_one_random_key()
    {
        using var first = ChallengeKeyRing.Create(_options, _time);
        using var second = ChallengeKeyRing.Create(_options, _time);
        Assert.Equal(1, first.Count);
        Assert.Equal(0, first.CurrentKeyId);
        Assert.Equal(_time.GetUtcNow(), first.CurrentKeyCreatedAt);
        Assert.NotEqual(first.Export(), second.Export());
    }

    [Fact]
    public void Rotation_keeps_old_keys_for_their_grace_and_then_wipes_them()
    {
        using var ring = ChallengeKeyRing.Create(_options, _time);
        var old = ring.Find(0)!;
        _time.Advance(TimeSpan.FromHours(1));
        ring.Rotate();
        Assert.Equal(2, ring.Count);
        Assert.Equal(1, ring.CurrentKeyId);
        Assert.NotNull(ring.Find(0));

        _time.Advance(_options.KeyGrace - TimeSpan.FromTicks(1));
        Assert.Equal(0, ring.Prune());
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(ring.Find(0));
        Assert.Equal(1, ring.Prune());
        Assert.Equal(1, ring.Count);
        Assert.Equal(new byte[32], old.Bytes.ToArray());
        Assert.False(old.TryComputeMac("message"u8, new byte[32]));
        Assert.True(ring.Find(1)!.TryComputeMac("message"u8, new byte[32]));
    }

    [Fact]
    public void A_ring_that_comes_back_goes_on_with_the_grace_of_its_keys()
    {
        using var ring = ChallengeKeyRing.Create(_options, _time);
        _time.Advance(TimeSpan.FromHours(1));
        ring.Rotate();
        Assert.True(ChallengeKeyRing.TryImport(ring.Export(), _options, _time, out var copy));
        using var again = copy;

        Assert.Equal(ring.CurrentKeyCreatedAt, again.CurrentKeyCreatedAt);
        _time.Advance(_options.KeyGrace - TimeSpan.FromTicks(1));
        Assert.NotNull(again.Find(0));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(again.Find(0));
    }

    [Fact]
    public void Ids_wrap_and_the_ring_stays_bounded()
    {
        using var ring = ChallengeKeyRing.Create(_options, _time);
        for (var i = 1; i <= 300; i++)
        {
            ring.Rotate();
            Assert.Equal((byte)i, ring.CurrentKeyId);
            Assert.InRange(ring.Count, 1, 64);
        }

        Assert.Equal(64, ring.Count);
        Assert.True(ChallengeKeyRing.TryImport(ring.Export(), _options, _time, out var copy));
        copy.Dispose();
    }

    [Fact]
    public void A_ring_survives_export_and_import()
    {
        using var ring = ChallengeKeyRing.Create(_options, _time);
        _time.Advance(TimeSpan.FromMinutes(1));
        ring.Rotate();
        Assert.True(ChallengeKeyRing.TryImport(ring.Export(), _options, _time, out var copy));
        using (copy)
        {
            Assert.Equal(ring.Export(), copy.Export());
            Assert.Equal(1, copy.CurrentKeyId);
            _time.Advance(_options.KeyGrace);
            Assert.Null(copy.Find(0));
        }
    }

    public static TheoryData<string> Damages => ["empty", "short", "long", "version", "no keys", "too many", "count", "time", "twice"];

    [Theory]
    [MemberData(nameof(Damages))]
    public void Damaged_files_are_refused(string damage)
    {
        using var ring = ChallengeKeyRing.Create(_options, _time);
        ring.Rotate();
        var file = ring.Export();
        switch (damage)
        {
            case "empty": file = []; break;
            case "short": file = file[..^1]; break;
            case "long": file = [.. file, 0]; break;
            case "version": file[0] = 2; break;
            case "no keys": file = [1, 0]; break;
            case "too many": file = [1, 65, .. new byte[65 * 41]]; break;
            case "count": file[1] = 3; break;
            case "time": file.AsSpan(3, 8).Fill(0xFF); break;
            default: file[2 + 41] = file[2]; break;
        }

        Assert.False(ChallengeKeyRing.TryImport(file, _options, _time, out var refused));
        Assert.Null(refused);
    }

    [Fact]
    public void A_disposed_ring_is_wiped_and_answers_nothing()
    {
        var ring = ChallengeKeyRing.Create(_options, _time);
        var key = ring.Current;
        ring.Dispose();
        Assert.Equal(new byte[32], key.Bytes.ToArray());
        Assert.Throws<ObjectDisposedException>(() => ring.Find(0));
        Assert.Throws<ObjectDisposedException>(() => ring.Export());
        Assert.Throws<ObjectDisposedException>(ring.Rotate);
    }

    [Fact]
    public void A_key_that_was_wiped_in_the_middle_of_a_check_vouches_for_nothing()
    {
        using var ring = ChallengeKeyRing.Create(_options, _time);
        var issuer = new ChallengeIssuer(ring, _options, _time);
        var terms = new ChallengeTerms("s", "a", Address.Zero, 1, NetworkId.BaseSepolia, Address.Zero, "c", default, "p");
        var nonce = issuer.Issue(terms).Nonce;
        ring.Current.Wipe();
        Assert.Equal(ChallengeVerdict.UnknownKey, issuer.Inspect(nonce, terms).Verdict);
    }

    [Fact]
    public void Options_report_every_fault_at_once()
    {
        Assert.Empty(new ChallengeOptions().Validate());
        Assert.Equal(TimeSpan.FromMinutes(5), _options.Lifetime);
        Assert.Equal(TimeSpan.FromMinutes(10), _options.KeyGrace);
        var wrong = new ChallengeOptions { Lifetime = TimeSpan.FromHours(2), KeyGrace = TimeSpan.FromMinutes(1) };
        Assert.Equal(2, wrong.Validate().Count);
        Assert.Single(new ChallengeOptions { Lifetime = TimeSpan.Zero }.Validate());
        Assert.Throws<ArgumentException>(() => ChallengeKeyRing.Create(wrong, _time));
    }
}
