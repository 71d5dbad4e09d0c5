namespace Betar.Storage.Ledger;

/// <summary>
/// The ledger's tables. `ledger` is the truth; `ledger_open`, `ledger_totals` and `ledger_head` are kept beside it in the same
/// transaction and recomputed by verification. The triggers stop mistakes; the hashes and signatures find intent.
/// </summary>
internal static class LedgerSchema
{
    public const string Version1 =
        """
        CREATE TABLE ledger (
          seq INTEGER PRIMARY KEY,
          network TEXT NOT NULL,
          asset TEXT NOT NULL,
          payer TEXT NOT NULL,
          nonce TEXT NOT NULL,
          idx INTEGER NOT NULL,
          kind INTEGER NOT NULL,
          at INTEGER NOT NULL,
          agent TEXT NOT NULL,
          amount TEXT NOT NULL,
          reference TEXT NOT NULL,
          body BLOB NOT NULL,
          previous_hash BLOB NOT NULL,
          hash BLOB NOT NULL,
          UNIQUE (network, asset, payer, nonce, idx)
        );
        CREATE INDEX ledger_by_agent ON ledger (agent);
        CREATE INDEX ledger_by_payer ON ledger (payer);
        CREATE INDEX ledger_by_nonce ON ledger (nonce);
        CREATE INDEX ledger_by_kind ON ledger (kind);
        CREATE INDEX ledger_by_time ON ledger (at);
        CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
          BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
          BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER ledger_no_replace BEFORE INSERT ON ledger
          WHEN NEW.seq <= (SELECT max(seq) FROM ledger)
            OR EXISTS (SELECT 1 FROM ledger WHERE network = NEW.network AND asset = NEW.asset AND payer = NEW.payer
                       AND nonce = NEW.nonce AND idx = NEW.idx)
          BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TABLE ledger_open (
          first INTEGER PRIMARY KEY,
          last INTEGER NOT NULL
        );
        CREATE TABLE ledger_totals (
          network TEXT NOT NULL,
          asset TEXT NOT NULL,
          came_in TEXT NOT NULL,
          delivered TEXT NOT NULL,
          refunded TEXT NOT NULL,
          held TEXT NOT NULL,
          PRIMARY KEY (network, asset)
        ) WITHOUT ROWID;
        CREATE TABLE ledger_head (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          entries INTEGER NOT NULL,
          orders INTEGER NOT NULL,
          accumulator BLOB NOT NULL,
          checkpoints INTEGER NOT NULL
        );
        INSERT INTO ledger_head VALUES (1, 0, 0, zeroblob(32), 0);
        CREATE TABLE ledger_checkpoint (
          number INTEGER PRIMARY KEY,
          seq INTEGER NOT NULL,
          accumulator BLOB NOT NULL,
          at INTEGER NOT NULL,
          previous_hash BLOB NOT NULL,
          hash BLOB NOT NULL,
          signer TEXT NOT NULL,
          signature BLOB NOT NULL
        );
        CREATE TRIGGER ledger_checkpoint_no_update BEFORE UPDATE ON ledger_checkpoint
          BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
        CREATE TRIGGER ledger_checkpoint_no_delete BEFORE DELETE ON ledger_checkpoint
          BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;

        """;

    /// <summary>One kind of one agent or payer is found without a look at its others: what was refunded among a million sales.</summary>
    public const string Version12 =
        """
        CREATE INDEX ledger_by_agent_kind ON ledger (agent, kind);
        CREATE INDEX ledger_by_payer_kind ON ledger (payer, kind);

        """;
}
