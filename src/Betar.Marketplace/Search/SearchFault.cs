namespace Betar.Marketplace.Search;

/// <summary>Why a search has no answer.</summary>
public enum SearchFault
{
    None,

    /// <summary>The cursor is none of ours.</summary>
    BadCursor,

    /// <summary>The cursor belongs to a search for something else.</summary>
    CursorOfAnotherSearch,
}
