namespace Betar.Storage.WebSales;

/// <summary>How a sale over HTTP stands.</summary>
public enum WebSaleState
{
    /// <summary>The money came, the work is under way.</summary>
    Settled,

    /// <summary>The answer is there, and all that was paid is earned.</summary>
    Delivered,

    /// <summary>The answer is there, and of what was paid a part has to go back.</summary>
    RestOwed,

    /// <summary>That part went back.</summary>
    RestPaidBack,

    /// <summary>There is no answer, and the money has to go back.</summary>
    RefundOwed,

    /// <summary>It went back.</summary>
    Refunded,
}
