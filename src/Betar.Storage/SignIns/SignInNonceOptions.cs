namespace Betar.Storage.SignIns;

/// <summary>How many used nonces are kept on disk.</summary>
public sealed class SignInNonceOptions
{
    /// <summary>Sign-ins that are remembered at once, each as long as its nonce is good. 1 to 100,000,000; default 1,000,000. Then no more are taken until old ones are over.</summary>
    public int MaxUsed { get; init; } = 1_000_000;

    /// <summary>Every fault at once; empty when the options can be used.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        BetarDatabaseOptions.Check(faults, nameof(MaxUsed), MaxUsed, 1, 100_000_000);
        return faults;
    }
}
