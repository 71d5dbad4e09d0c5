namespace Betar.X402.Calling;

/// <summary>Why there is no reply. A payment that was sent may have been taken: ask again with the same one.</summary>
public enum ExchangeFailure
{
    None,
    TimedOut,

    /// <summary>The connection ended before the answer was complete.</summary>
    Disconnected,

    /// <summary>The answer is no message of this protocol.</summary>
    Malformed,

    TooLarge,

    /// <summary>The answer belongs to another request.</summary>
    WrongCorrelation,

    /// <summary>More pieces came than an answer may have.</summary>
    TooManyPieces,
}
