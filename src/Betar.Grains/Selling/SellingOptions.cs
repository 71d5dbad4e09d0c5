using System.Globalization;
using Betar.X402.Pieces;

namespace Betar.Grains.Selling;

/// <summary>What a seller offers beyond the price.</summary>
public sealed class SellingOptions
{
    /// <summary>Seconds within which a signed payment must be settled, as told to buyers. Range 10 to 3,600; default 60.</summary>
    public int MaxTimeoutSeconds { get; set; } = 60;

    /// <summary>Longest input of a task; more is refused before it is paid for. Range 1 to 1,048,576; default 65,536.</summary>
    public int MaxInputCharacters { get; set; } = 65_536;

    /// <summary>Seconds after which whoever finds an agent busy is asked to come again. Range 1 to 3,600; default 2.</summary>
    public int BusyRetrySeconds { get; set; } = 2;

    /// <summary>What whoever finds an agent busy is told.</summary>
    public string BusyMessage => string.Create(CultureInfo.InvariantCulture, $"The agent's queue is full; ask again in {BusyRetrySeconds} s.");

    /// <summary>For answers that are heard in pieces between an agent and the stream that they leave by; each limit says its own default.</summary>
    public PieceLimits Pieces { get; set; } = new();

    /// <summary>Stop quoting when the refund account could not pay back what is held and one more task. Default on.</summary>
    public bool RequireRefundFloat { get; set; } = true;

    /// <summary>Take no payment of an account that has less than the price: its transfer would revert. Default on.</summary>
    public bool RequirePayerFunds { get; set; } = true;

    /// <summary>How long an account that paid is not asked for what it has. Range 0 to 1 h; default 10 s.</summary>
    public TimeSpan PayerMemory { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Take no payment while none could be brought onto the chain: it is away, or gas is above its ceiling. Default on.</summary>
    public bool RequireSettlement { get; set; } = true;
}
