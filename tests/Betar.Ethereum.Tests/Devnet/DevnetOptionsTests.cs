using Betar.Ethereum.Devnet;

namespace Betar.Ethereum.Tests.Devnet;

public sealed class DevnetOptionsTests
{
    [Fact]
    public void Defaults_are_what_they_say()
    {
        var options = new DevnetOptions();
        Assert.Empty(options.Validate());
        Assert.Equal(84532UL, options.ChainId);
        Assert.Equal("0x036CbD53842c5426634e7929541eC2318f3dCF7e", options.Token.ToString());
        Assert.Equal(("USDC", "2"), (options.TokenName, options.TokenVersion));
        Assert.True(options.MineAutomatically);
        Assert.Equal((1_000, 10_000, 1_000), (options.MaxBlockTransactions, options.MaxPoolTransactions, options.MaxNonceGap));
        Assert.Equal((1_000, 8 * 1024 * 1024, 10_000), (options.MaxBatch, options.MaxRequestBytes, options.MaxLogs));
        Assert.Equal((TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)), (options.SyncTimeout, options.MaxSyncTimeout));
        Assert.Equal(2, options.VerificationParallelism);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var faults = new DevnetOptions
        {
            ChainId = 0,
            Token = Address.Zero,
            TokenName = "",
            TokenVersion = new string('x', 65),
            MaxBlockTransactions = 0,
            MaxPoolTransactions = 0,
            MaxNonceGap = 0,
            MaxBatch = 0,
            MaxRequestBytes = 0,
            MaxLogs = 0,
            SyncTimeout = TimeSpan.Zero,
            MaxSyncTimeout = TimeSpan.FromHours(2),
            VerificationParallelism = 0,
        }.Validate();
        Assert.Equal(
            ["ChainId", "Token", "TokenName", "TokenVersion", "MaxBlockTransactions", "MaxPoolTransactions", "MaxNonceGap", "MaxBatch",
                "MaxRequestBytes", "MaxLogs", "SyncTimeout", "MaxSyncTimeout", "VerificationParallelism"],
            faults.Select(fault => fault.Split(' ')[0]));
    }
}
