namespace Betar.Storage.Idempotency;

/// <summary>How a request with a key stands to those before it.</summary>
public enum IdempotencyState
{
    /// <summary>It is the first: do it, then complete or release the key.</summary>
    First,

    /// <summary>It was done, and its answer is kept.</summary>
    Done,

    /// <summary>The first is still under way.</summary>
    UnderWay,

    /// <summary>The key belongs to another request.</summary>
    Conflict,

    /// <summary>There is no room for another key.</summary>
    Full,
}
