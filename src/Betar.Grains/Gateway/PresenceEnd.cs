namespace Betar.Grains.Gateway;

/// <summary>Why a term ended.</summary>
internal enum PresenceEnd
{
    /// <summary>The lease could not be renewed in time.</summary>
    NotRenewed,

    /// <summary>The store says that the lease is over.</summary>
    Taken,

    /// <summary>The host could not be opened.</summary>
    NotOpened,

    /// <summary>The grain left this silo.</summary>
    LetGo,

    /// <summary>The silo stops.</summary>
    Stopped,

    /// <summary>The silo was taken down without a stop.</summary>
    Crashed,
}
