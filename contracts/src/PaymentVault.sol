// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IAuthorizedToken} from "./IAuthorizedToken.sol";

/// Holds a buyer's payment until the work is delivered. It has no owner, no fee and no way out but these:
///
///   Open      -- release (buyer) --------------------> Released
///   Open      -- refund (seller), timeOut ----------> Refunded     after the deadline: the buyer need not prove anything
///   Open      -- showReceipt (before the deadline) -> Delivered    the buyer's signature says that the work arrived
///   Open      -- dispute (seller) ------------------> Disputed     delivered, but no receipt
///   Delivered -- dispute (buyer, in the window) ----> Disputed     received, but wrong
///   Delivered -- release (buyer), timeOut ----------> Released     after the window
///   Disputed  -- resolve (arbiter) -----------------> Resolved     any split between the two
///   Disputed  -- timeOut ---------------------------> as if there had been no dispute
///
/// Every path ends with the clock alone, so a lost key or a silent arbiter locks nothing for ever.
contract PaymentVault is EIP712, ReentrancyGuardTransient {
    using SafeERC20 for IAuthorizedToken;

    enum State { None, Open, Delivered, Disputed, Released, Refunded, Resolved }

    /// What the two agreed on. Its hash is the escrow's id and the nonce of the buyer's EIP-3009 authorization: the one signature
    /// that moves the money binds seller, arbiter and times too, whoever brings it here.
    struct Terms {
        address buyer;
        address seller;
        address arbiter; // nobody: there are no disputes
        uint256 amount;
        uint40 deadline; // from this second on the buyer gets the money back, unless a receipt was shown before
        uint32 disputeWindow; // seconds after the receipt
        uint32 arbiterWindow; // seconds after the dispute
        bytes32 salt;
    }

    struct Escrow {
        State state;
        bool receipted;
        uint40 until; // the end of the present state; what happens then is timeOut's to say
    }

    bytes32 public constant TERMS_TYPEHASH = keccak256(
        "Terms(address buyer,address seller,address arbiter,uint256 amount,uint40 deadline,uint32 disputeWindow,uint32 arbiterWindow,bytes32 salt)"
    );
    bytes32 public constant RECEIPT_TYPEHASH = keccak256("Receipt(bytes32 escrow,bytes32 answer)");

    /// Bounds how long any state can hold the money.
    uint256 public constant MAX_WINDOW = 90 days;

    IAuthorizedToken public immutable token;
    mapping(bytes32 id => Escrow) public escrows;

    event Deposited(bytes32 indexed id, address indexed buyer, address indexed seller, Terms terms);
    event ReceiptShown(bytes32 indexed id, bytes32 answer, uint40 until);
    event DisputeOpened(bytes32 indexed id, address indexed by, uint40 until);
    event Closed(bytes32 indexed id, State indexed state, uint256 toSeller, uint256 toBuyer);

    error BadTerms();
    error WrongState(State state);
    error NotAllowed(address caller);
    error TooEarly(uint40 until);
    error TooLate(uint40 until);
    error InvalidReceipt();
    error AmountTooLarge(uint256 amount);
    error NotReceived(uint256 expected, uint256 received);

    constructor(IAuthorizedToken token_) EIP712("Betar PaymentVault", "1") {
        token = token_;
    }

    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    function idOf(Terms calldata terms) public view returns (bytes32) {
        return _hashTypedDataV4(keccak256(abi.encode(TERMS_TYPEHASH, terms)));
    }

    /// Anyone may bring a deposit: the buyer's signature over id, amount and this vault is all that counts.
    function deposit(Terms calldata terms, uint256 validAfter, uint256 validBefore, bytes calldata signature)
        external nonReentrant returns (bytes32 id)
    {
        id = idOf(terms);
        _require(id, State.None);
        if (!_areSane(terms)) revert BadTerms();
        escrows[id] = Escrow(State.Open, false, terms.deadline);
        emit Deposited(id, terms.buyer, terms.seller, terms);

        // Counted and not believed: a token that keeps silent about a used nonce must not open an escrow out of others' money.
        uint256 before = token.balanceOf(address(this));
        token.receiveWithAuthorization(terms.buyer, address(this), terms.amount, validAfter, validBefore, id, signature);
        uint256 received = token.balanceOf(address(this)) - before;
        if (received != terms.amount) revert NotReceived(terms.amount, received);
    }

    /// The buyer pays, at any time before the end.
    function release(Terms calldata terms) external nonReentrant {
        bytes32 id = idOf(terms);
        _requireHeld(id);
        _requireCaller(terms.buyer);
        _close(id, terms, State.Released, terms.amount);
    }

    /// The seller gives back, at any time before the end.
    function refund(Terms calldata terms) external nonReentrant {
        bytes32 id = idOf(terms);
        _requireHeld(id);
        _requireCaller(terms.seller);
        _close(id, terms, State.Refunded, 0);
    }

    /// Anyone may show it: it is the buyer's own word. Before the deadline only, so that no second has two outcomes.
    function showReceipt(Terms calldata terms, bytes32 answer, bytes calldata signature) external nonReentrant {
        bytes32 id = idOf(terms);
        _require(id, State.Open);
        _requireBefore(terms.deadline);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(RECEIPT_TYPEHASH, id, answer)));
        if (!SignatureChecker.isValidSignatureNowCalldata(terms.buyer, digest, signature)) revert InvalidReceipt();
        uint40 until = _after(terms.disputeWindow);
        escrows[id] = Escrow(State.Delivered, true, until);
        emit ReceiptShown(id, answer, until);
    }

    /// Whom the clock would decide against may call the arbiter: the seller while there is no receipt, the buyer once there is.
    function dispute(Terms calldata terms) external nonReentrant {
        bytes32 id = idOf(terms);
        Escrow memory escrow = escrows[id];
        if (escrow.state != State.Open && escrow.state != State.Delivered) revert WrongState(escrow.state);
        _requireCaller(escrow.receipted ? terms.buyer : terms.seller);
        if (terms.arbiter == address(0)) revert NotAllowed(msg.sender);
        _requireBefore(escrow.until);
        uint40 until = _after(terms.arbiterWindow);
        escrows[id] = Escrow(State.Disputed, escrow.receipted, until);
        emit DisputeOpened(id, msg.sender, until);
    }

    /// The arbiter divides between the two and can send nothing elsewhere.
    function resolve(Terms calldata terms, uint256 toSeller) external nonReentrant {
        bytes32 id = idOf(terms);
        _require(id, State.Disputed);
        _requireCaller(terms.arbiter);
        _requireBefore(escrows[id].until);
        if (toSeller > terms.amount) revert AmountTooLarge(toSeller);
        _close(id, terms, State.Resolved, toSeller);
    }

    /// Anyone may ring the bell: with a receipt the seller is paid, without one the buyer.
    function timeOut(Terms calldata terms) external nonReentrant {
        bytes32 id = idOf(terms);
        _requireHeld(id);
        Escrow memory escrow = escrows[id];
        if (block.timestamp < escrow.until) revert TooEarly(escrow.until);
        if (escrow.receipted) _close(id, terms, State.Released, terms.amount);
        else _close(id, terms, State.Refunded, 0);
    }

    function _close(bytes32 id, Terms calldata terms, State state, uint256 toSeller) private {
        uint256 toBuyer = terms.amount - toSeller;
        escrows[id] = Escrow(state, escrows[id].receipted, uint40(block.timestamp));
        emit Closed(id, state, toSeller, toBuyer);
        if (toSeller > 0) token.safeTransfer(terms.seller, toSeller);
        if (toBuyer > 0) token.safeTransfer(terms.buyer, toBuyer);
    }

    function _areSane(Terms calldata terms) private view returns (bool) {
        return terms.amount > 0 && terms.seller != address(0) && terms.seller != address(this) && terms.buyer != address(this)
            && terms.buyer != terms.seller && terms.arbiter != terms.buyer && terms.arbiter != terms.seller
            && terms.deadline > block.timestamp && terms.deadline <= block.timestamp + MAX_WINDOW
            && terms.disputeWindow <= MAX_WINDOW && terms.arbiterWindow <= MAX_WINDOW;
    }

    function _after(uint32 window) private view returns (uint40) {
        return uint40(block.timestamp + window);
    }

    function _require(bytes32 id, State wanted) private view {
        State state = escrows[id].state;
        if (state != wanted) revert WrongState(state);
    }

    function _requireHeld(bytes32 id) private view {
        State state = escrows[id].state;
        if (state != State.Open && state != State.Delivered && state != State.Disputed) revert WrongState(state);
    }

    function _requireCaller(address allowed) private view {
        if (msg.sender != allowed) revert NotAllowed(msg.sender);
    }

    function _requireBefore(uint40 until) private view {
        if (block.timestamp >= until) revert TooLate(until);
    }
}
