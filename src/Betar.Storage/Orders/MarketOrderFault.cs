namespace Betar.Storage.Orders;

/// <summary>Why an order is not taken, or not moved.</summary>
public enum MarketOrderFault
{
    /// <summary>There is none that this peer has a part in. Whether somebody else has, it is not told.</summary>
    Unknown,

    /// <summary>This is the other side's to do.</summary>
    NotYours,

    /// <summary>The order cannot go there from where it is.</summary>
    WrongState,

    /// <summary>The id stands for another order.</summary>
    Taken,

    /// <summary>This buyer has as many open orders as it may.</summary>
    TooManyOpen,

    /// <summary>All the room is taken by open orders.</summary>
    Full,
}
