namespace Betar.Storage.PaidRequests;

/// <summary>How far a paid request has come. The numbers are on disk.</summary>
internal enum PaidRequestState
{
    /// <summary>The payment belongs to the request.</summary>
    Open = 0,

    /// <summary>What the handler answered is kept; the settlement is open.</summary>
    Prepared = 1,

    /// <summary>The answer is final.</summary>
    Final = 2,
}
