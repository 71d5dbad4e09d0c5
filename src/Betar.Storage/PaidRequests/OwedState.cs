namespace Betar.Storage.PaidRequests;

/// <summary>How a debt stands. The numbers are on disk.</summary>
internal enum OwedState
{
    /// <summary>The work is under way in this process.</summary>
    Working = 0,

    Owed = 1,

    PaidBack = 2,

    /// <summary>The money is on its way back; the work is not begun again.</summary>
    GoingBack = 3,
}
