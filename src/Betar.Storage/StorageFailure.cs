namespace Betar.Storage;

/// <summary>Why the store could not do what was asked. A caller maps each to one stable error code.</summary>
public enum StorageFailure
{
    /// <summary>Something that the store did not expect; the message carries SQLite's own words.</summary>
    Unexpected = 0,

    /// <summary>The file does not exist and was not to be created.</summary>
    NotFound,

    /// <summary>The folder or the file cannot be opened or written by this user.</summary>
    NotWritable,

    /// <summary>The file is not a Betar database: another format, or another application's.</summary>
    NotADatabase,

    /// <summary>The file is damaged.</summary>
    Corrupt,

    /// <summary>The file was written by a newer version of this program.</summary>
    Newer,

    /// <summary>Another process holds a lock for longer than we are ready to wait.</summary>
    Busy,

    /// <summary>No space is left; nothing of the batch was written, and later writes may succeed.</summary>
    DiskFull,

    /// <summary>The disk reported an error; the writer has stopped.</summary>
    InputOutput,

    /// <summary>SQLite would not promise what we need (WAL, synchronous=FULL).</summary>
    NotDurable,

    /// <summary>A write was sent to a database that was opened for reading.</summary>
    ReadOnly,

    /// <summary>The database was closed, or its writer stopped after an earlier failure.</summary>
    Stopped,

    /// <summary>Too many writes wait already.</summary>
    Overloaded,

    /// <summary>No usable SQLite library on this machine.</summary>
    LibraryMissing,

    /// <summary>A constraint of the schema refused one statement.</summary>
    Constraint,
}
