using Betar.Ethereum;
using Betar.Node.Composition;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Tests.Support;
using Betar.X402.Challenges;

namespace Betar.Node.Tests.Composition;

/// <summary>The keys that a node keeps in its folder: a seller's accounts, and the ring of its quotes.</summary>
public sealed class KeptKeysTests
{
    [Fact]
    public void A_seller_has_four_accounts_that_stay_and_differ()
    {
        using var temp = new TempFolder();
        using SellerKeys first = SellerKeys.LoadOrCreate(new Wallets(temp.Data)).OrThrow(), again = SellerKeys.LoadOrCreate(new Wallets(temp.Data)).OrThrow();

        string[] addresses = Addresses(first);
        Assert.Equal(4, addresses.Distinct().Count());
        Assert.Equal(addresses, Addresses(again));
    }

    [Theory]
    [InlineData("wallet")]
    [InlineData("settler")]
    [InlineData("refund")]
    [InlineData("ledger")]
    public void One_damaged_account_stops_the_seller_and_none_is_made_anew(string damaged)
    {
        using var temp = new TempFolder();
        var wallets = new Wallets(temp.Data);
        SellerKeys.LoadOrCreate(wallets).OrThrow().Dispose();
        File.WriteAllText(wallets.FileOf(damaged), "not a key");

        Checked<SellerKeys> refused = SellerKeys.LoadOrCreate(wallets);

        Assert.Equal("BTR-2007", refused.Refusal?.Error.Code);
        Assert.Contains(wallets.FileOf(damaged), refused.Refusal!.Detail, StringComparison.Ordinal);
        Assert.Equal("not a key", File.ReadAllText(wallets.FileOf(damaged)));
    }

    [Fact]
    public void The_ring_of_quotes_outlives_a_restart()
    {
        using var temp = new TempFolder();
        var time = new Calendar();
        using ChallengeKeyRing first = Ring(temp, time).OrThrow();
        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));

        using ChallengeKeyRing again = Ring(temp, time).OrThrow();

        Assert.Equal((first.CurrentKeyId, first.CurrentKeyCreatedAt), (again.CurrentKeyId, again.CurrentKeyCreatedAt));
        Assert.Equal(first.Export(), again.Export());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf(temp)));
    }

    [Fact]
    public void A_start_after_a_day_has_a_new_key_and_still_knows_the_old_one()
    {
        using var temp = new TempFolder();
        var time = new Calendar();
        using ChallengeKeyRing first = Ring(temp, time).OrThrow();
        time.Advance(TimeSpan.FromHours(24));

        using ChallengeKeyRing renewed = Ring(temp, time).OrThrow();
        using ChallengeKeyRing again = Ring(temp, time).OrThrow();

        Assert.NotEqual(first.CurrentKeyId, renewed.CurrentKeyId);
        Assert.Equal(2, renewed.Count);
        Assert.Equal((renewed.CurrentKeyId, 2), (again.CurrentKeyId, again.Count));
    }

    [Fact]
    public void A_damaged_ring_is_refused_and_left_as_it_is()
    {
        using var temp = new TempFolder();
        Ring(temp, new Calendar()).OrThrow().Dispose();
        byte[] content = File.ReadAllBytes(PathOf(temp));
        File.WriteAllBytes(PathOf(temp), content[..^1]);

        Assert.Equal("BTR-2007", Ring(temp, new Calendar()).Refusal?.Error.Code);

        Assert.Equal(content[..^1], File.ReadAllBytes(PathOf(temp)));
    }

    [Fact]
    public void A_ring_that_others_may_read_is_refused()
    {
        using var temp = new TempFolder();
        Ring(temp, new Calendar()).OrThrow().Dispose();
        File.SetUnixFileMode(PathOf(temp), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Assert.Equal("BTR-2006", Ring(temp, new Calendar()).Refusal?.Error.Code);
    }

    private static Checked<ChallengeKeyRing> Ring(TempFolder temp, TimeProvider time) =>
        ChallengeKeys.LoadOrCreate(temp.Data, new ChallengeOptions(), time);

    private static string PathOf(TempFolder temp) => Path.Combine(temp.Data.Keystore, ChallengeKeys.FileName);

    private static string[] Addresses(SellerKeys keys) =>
        [.. new[] { keys.Payee, keys.Settlers[0], keys.Refund, keys.Ledger }.Select(key => Address.FromKey(key).ToString())];

    private sealed class Calendar : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }
}
